package dev.pawl.engine.port;

import java.util.List;

/**
 * Where relayed events go. Called inside the relay's transaction; an exception means that nothing was delivered. A sink that
 * cannot be reached throws {@link SinkUnavailableException}.
 */
public interface EventSink {

    /**
     * Called before the transaction has touched anything else. A sink that takes part in the transaction joins it here:
     * what joins first commits first, so that no other relay goes on before these events have arrived.
     */
    default void join() {}

    void publish(List<EventOutbox.Entry> entries);
}
