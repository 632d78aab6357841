package dev.pawl.engine.port;

import java.util.List;

/**
 * Where relayed events go. Called inside the relay's transaction; an exception means that nothing was delivered. A sink that
 * cannot be reached throws {@link SinkUnavailableException}.
 */
public interface EventSink {
    void publish(List<EventOutbox.Entry> entries);
}
