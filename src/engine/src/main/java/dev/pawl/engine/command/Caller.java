package dev.pawl.engine.command;

/**
 * On whose behalf a command is executed.
 *
 * @param principal the authenticated name, or {@code anonymous}
 */
public record Caller(String tenant, String principal) {
    public static final String DEFAULT_TENANT = "default";

    /** Nobody was authenticated. */
    public static final Caller ANONYMOUS = new Caller(DEFAULT_TENANT, "anonymous");

    /** The engine acts by itself: timers, workers, the relay. */
    public static final Caller ENGINE = new Caller(DEFAULT_TENANT, "engine");
}
