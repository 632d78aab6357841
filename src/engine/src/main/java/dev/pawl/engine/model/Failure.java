package dev.pawl.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * Why a step or run failed.
 *
 * @param code stable, UPPER_SNAKE
 * @param stage the step it happened in, absent when it concerns the run as a whole
 */
public record Failure(String code, String message, @Nullable String stage) {
    private static final int LONGEST = 4_000;

    public Failure {
        // user code decides what stands here, and databases take no NUL in a text
        message = message.replace('\0', '\uFFFD');
        if (message.length() > LONGEST) {
            message = message.substring(0, LONGEST) + "…";
        }
    }

    public static Failure of(String code, String message) {
        return new Failure(code, message, null);
    }

    public Failure in(String stageId) {
        return new Failure(code, message, stageId);
    }
}
