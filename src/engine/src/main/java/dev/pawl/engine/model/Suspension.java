package dev.pawl.engine.model;

import java.time.Duration;
import java.time.Instant;

/**
 * What is kept of a step that waits for work done elsewhere, and is asked now and then whether that has ended.
 *
 * @param state what user code handed over when it suspended, or at the last poll that changed it
 * @param pollEvery pause between polls that name none
 * @param deadline when it has waited long enough
 * @param polls how often it was asked
 * @param failedPolls polls in a row that failed, up to now
 */
public record Suspension(Payload state, Duration pollEvery, Instant deadline, int polls, int failedPolls) {

    public Suspension polled(Payload newState) {
        return new Suspension(newState, pollEvery, deadline, polls + 1, 0);
    }

    public Suspension pollFailed() {
        return new Suspension(state, pollEvery, deadline, polls + 1, failedPolls + 1);
    }

    /** One text for a column; the state comes last because it may hold any character. */
    public String encoded() {
        return polls + "|" + failedPolls + "|" + pollEvery + "|" + deadline + "|" + state.encoded();
    }

    public static Suspension decode(String text) {
        String[] parts = text.split("\\|", 5);
        return new Suspension(
                Payload.decode(parts[4]),
                Duration.parse(parts[2]),
                Instant.parse(parts[3]),
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]));
    }

    /** The next poll, never after the deadline. */
    public Instant next(Instant now, Duration pause) {
        Instant next = now.plus(pause);
        return next.isAfter(deadline) && deadline.isAfter(now) ? deadline : next;
    }
}
