package dev.pawl.acceptance.outage;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record of the server's log by its first line; what else belongs to it, a stack for instance, is left out.
 *
 * @param at in the server's zone
 * @param source the class that wrote it
 */
record LogRecord(LocalDateTime at, String source, String level, String text) {

    private static final Pattern FIRST_LINE = Pattern.compile("\\[(.*?) [A-Z]+\\] [0-9a-f]+ (\\S+) +([A-Z]) (.*)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("M/d/yy, H:mm:ss:SSS");

    static Optional<LogRecord> of(String line) {
        Matcher parts = FIRST_LINE.matcher(line);
        return parts.matches()
                ? Optional.of(new LogRecord(
                        LocalDateTime.parse(parts.group(1), TIME), parts.group(2), parts.group(3), parts.group(4)))
                : Optional.empty();
    }
}
