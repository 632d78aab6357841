package dev.pawl.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Note;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a name and a value into what is kept of an annotation. */
public final class WriteNote {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_VALUE = 65_536;

    private WriteNote() {}

    /**
     * A note.
     *
     * @param onceKey absent: the value decides whether two are the same
     * @throws IllegalArgumentException when the name, the key or the value cannot be kept
     */
    public static Note of(
            String stepId, int attempt, String name, JsonNode value, @Nullable String onceKey, boolean isAnnounced) {
        check("name", name, LONGEST_NAME);
        if (onceKey != null) {
            check("key", onceKey, LONGEST_KEY);
        }
        String json = JsonCodec.write(value);
        if (json.length() > LONGEST_VALUE) {
            throw new IllegalArgumentException("the value of an annotation has at most " + LONGEST_VALUE
                    + " characters as JSON, this one " + json.length() + "; keep it as an artifact");
        }
        if (!isWellFormed(json)) {
            throw new IllegalArgumentException("the value of an annotation holds half a character");
        }
        String key = onceKey == null ? "v:" + hash(JsonCodec.write(JsonCodec.ordered(value))) : "k:" + onceKey;
        String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return new Note(stepId, attempt, name, key, type, json, isAnnounced);
    }

    private static void check(String what, String text, int longest) {
        if (text.isBlank()
                || text.length() > longest
                || text.chars().anyMatch(Character::isISOControl)
                || !isWellFormed(text)) {
            throw new IllegalArgumentException("the " + what + " of an annotation has 1 to " + longest
                    + " characters, is not blank and holds no control characters");
        }
    }

    private static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
