package dev.pawl.engine.live;

import dev.pawl.engine.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is told of what happens by the one who looks. Returns at once. */
interface Listener {

    /** The only run whose events are wanted; empty: those of all. */
    Optional<RunId> run();

    /** Whether the log of the run is wanted as well. */
    boolean wantsLines();

    /**
     * What was seen at one look, in order, which may be nothing that is wanted.
     *
     * @param known how far the feeds have been seen by now
     */
    void happened(List<FeedEntry> entries, Map<Character, FeedTail.Snapshot> known);

    /** There are new lines in the log of the run. */
    void linesWritten();

    /** Told now and then, whether anything happened or not. */
    void tick(Instant now);
}
