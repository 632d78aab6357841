package dev.pawl.engine.live;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody has come in the history of a run: the number of the last event, and, once log lines were shown, the time
 * of the newest of them. As a text, {@code 12} or {@code 12~1763735040123456}.
 */
public record RunPlace(long sequence, @Nullable Instant newestLine) {

    public static final RunPlace BEGINNING = new RunPlace(0, null);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?:~(\\d{1,17}))?");
    private static final long MICROS = 1_000_000;

    /** @throws IllegalArgumentException when the text was not made by a place */
    public static RunPlace parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a place in the history of a run");
        }
        return new RunPlace(
                Long.parseLong(matcher.group(1)),
                Optional.ofNullable(matcher.group(2))
                        .map(micros -> Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS))
                        .orElse(null));
    }

    @Override
    public String toString() {
        return newestLine == null
                ? Long.toString(sequence)
                : sequence + "~" + (newestLine.getEpochSecond() * MICROS + newestLine.getNano() / 1_000);
    }
}
