package dev.pawl.engine.port;

import dev.pawl.engine.model.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Entries of the outbox and events for listeners that were given up. */
public interface DeadLetters {

    /**
     * Which of them; what is absent does not restrict.
     *
     * @param listener only those of this listener; the empty text stands for the sink
     */
    record Selection(
            String tenant,
            @Nullable RunId run,
            @Nullable String workflowId,
            @Nullable String listener) {

        public static Selection ofTenant(String tenant) {
            return new Selection(tenant, null, null, null);
        }
    }

    /** Puts the oldest back, as if they had never been tried; answers how many. */
    int replay(Selection selection, int max, Instant now);
}
