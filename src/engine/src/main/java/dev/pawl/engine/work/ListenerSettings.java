package dev.pawl.engine.work;

import java.time.Duration;

/**
 * How a server calls listeners.
 *
 * @param places calls of one listener at the same time
 * @param hold how long after the server fell silent another one makes its calls again
 */
public record ListenerSettings(int places, Duration hold) {

    public static final ListenerSettings DEFAULT = new ListenerSettings(4, Duration.ofSeconds(30));

    public ListenerSettings {
        if (places < 1) {
            throw new IllegalArgumentException("A listener needs at least one place, was given " + places);
        }
        if (hold.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("The hold on an event lasts at least a second, was " + hold);
        }
    }
}
