package dev.pawl.engine.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.flow.Key;
import dev.pawl.api.flow.RateLimit;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.limit.Rate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How what authors declare of limits is named where it is kept. */
public final class LimitKeys {

    private static final int LONGEST = 200;

    private LimitKeys() {}

    /** What counts together, in a tenant. */
    public static String scope(String tenant, String name) {
        return tenant + " " + name;
    }

    /** The key of an input; where the pointer leads nowhere, nothing. */
    public static String value(Key key, JsonNode input) {
        if (key.pointer() == null) {
            return key.value() == null ? "" : key.value();
        }
        JsonNode value = input.at(key.pointer());
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isValueNode() ? value.asText() : canonical(value);
    }

    /** The same text for the same value, whatever the order of members and the spaces between them. */
    public static String canonical(JsonNode value) {
        return JsonCodec.write(JsonCodec.ordered(value));
    }

    /** A key as it can be kept: a long one by its beginning and its hash. */
    public static String shortened(String key) {
        return key.length() <= LONGEST ? key : key.substring(0, LONGEST - 70) + "~" + hash(key);
    }

    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    public static Rate rate(RateLimit declared) {
        return new Rate(declared.permits(), declared.per(), declared.burst());
    }
}
