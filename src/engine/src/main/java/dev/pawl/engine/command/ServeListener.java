package dev.pawl.engine.command;

import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.model.DeliveryKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Hands in how calls of a listener ended, and takes what it is to hear next.
 *
 * @param owner who calls
 * @param places events taken at most
 * @param holdFor how long the owner holds them
 * @param maxAttempts calls with one event before it is a dead letter
 */
public record ServeListener(
        String listener, String owner, int places, Duration holdFor, int maxAttempts, List<Ended> ended)
        implements Command<ServeListener.Served> {

    /**
     * A call that ended.
     *
     * @param failure absent when the event was heard
     */
    public record Ended(DeliveryKey key, int attempt, Optional<Failure> failure) {}

    /** @param isFinal whether another call cannot help */
    public record Failure(String reason, boolean isFinal) {}

    /**
     * The answer.
     *
     * @param kept how many of the calls were still the owner's to report
     */
    public record Served(int kept, List<Delivery> taken) {
        public Served {
            taken = List.copyOf(taken);
        }
    }

    public ServeListener {
        ended = List.copyOf(ended);
    }

    @Override
    public String type() {
        return "listener.serve";
    }

    @Override
    public Class<Served> resultType() {
        return Served.class;
    }
}
