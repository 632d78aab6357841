package dev.pawl.api;

import java.util.Set;

/**
 * Hears events of runs. Every CDI bean of this type in the application hears those it asks for, at least once each and, of
 * one run, one after the other and in order. It runs outside any transaction and delays nobody: neither the runs, nor the
 * topic, nor other listeners, nor what it hears of other runs.
 *
 * <p>When it throws, the event comes again after a second, then after two, four and so on; after {@link #maxRetries()} calls
 * in all, or at once after a {@link NonRetryableException}, the event becomes a dead letter of this listener, which can be
 * replayed, and the next one of the run follows. A server that dies during a call has made the call.
 *
 * <p>Events that were recorded before the listener was deployed do not come.
 */
public interface RunListener {

    /** The types of events it asks for: names of the catalogue, where {@code *} stands for any text ({@code stage:*}). */
    Set<String> eventTypes();

    /**
     * Called on several threads at a time, for events of different runs.
     *
     * @throws Exception when the event is to come again
     */
    void onEvent(RunEventInfo event) throws Exception;

    /** Names the listener for ever: what it has not heard yet is kept under this name. By default, the class in kebab case. */
    default String id() {
        return Names.kebab(getClass());
    }

    /** Calls with one event before it becomes a dead letter. */
    default int maxRetries() {
        return 3;
    }

    /**
     * Whether each call is inside a transaction that also records that the event was heard: what it writes through the
     * container then happens exactly once.
     */
    default boolean transactional() {
        return false;
    }
}
