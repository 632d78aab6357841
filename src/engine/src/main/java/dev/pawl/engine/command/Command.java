package dev.pawl.engine.command;

import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.TraceContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to change something. {@code R} is what it answers when it is not refused: a record JSON can carry, because
 * the answer to a command with an idempotency key is kept.
 */
public interface Command<R> {

    /** The name on the wire, {@code run.create} for instance. */
    String type();

    Class<R> resultType();

    /** Runs known to be needed, so that several commands can load theirs together. */
    default Set<RunId> runs() {
        return Set.of();
    }

    /** Channels that it publishes on, on behalf of this tenant; they are locked before any run is. */
    default Set<Channel> publications(String tenant) {
        return Set.of();
    }

    /** Channels that it registers waits on, on behalf of this tenant; they are locked before any run is. */
    default Set<Channel> registrations(String tenant) {
        return Set.of();
    }

    /**
     * Whether it may be written in one transaction with what others ask for at the same time: its part of that transaction is
     * short.
     */
    default boolean mayShare() {
        return false;
    }

    /**
     * What to send in its stead from another thread than the caller's.
     *
     * @param trace of the caller; absent outside any trace
     */
    default Command<R> tracedBy(@Nullable TraceContext trace) {
        return this;
    }

    /** What to send in its stead after it met a concurrent change: without anything it had taken for known. */
    default Command<R> repeated() {
        return this;
    }
}
