package dev.pawl.api;

import java.util.Map;

/** The log of a run: kept with it and readable while it runs. */
public interface StageLog {

    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    void log(Level level, String message, Map<String, ?> metadata);

    default void debug(String message) {
        log(Level.DEBUG, message, Map.of());
    }

    default void info(String message) {
        log(Level.INFO, message, Map.of());
    }

    default void info(String message, Map<String, ?> metadata) {
        log(Level.INFO, message, metadata);
    }

    default void warn(String message) {
        log(Level.WARN, message, Map.of());
    }

    default void error(String message) {
        log(Level.ERROR, message, Map.of());
    }
}
