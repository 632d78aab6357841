package dev.pawl.engine.live;

import java.util.List;

/** A stream of messages to somebody who listens. Between the messages it holds neither a thread nor a connection. */
public interface LiveStream {

    /**
     * The messages to be sent next, in order; none when there are none for now. Called by one thread at a time, after each
     * ring until nothing comes, where reading history may take its time.
     */
    List<Frame> take();

    /** Whether all was taken and nothing follows. */
    boolean isOver();

    /** The server goes down: the next message is the last one and says so. */
    void goDown();

    /** Whoever listened has gone, or nothing follows; may be called more than once. */
    void close();
}
