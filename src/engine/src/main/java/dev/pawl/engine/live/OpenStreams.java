package dev.pawl.engine.live;

import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunQueries;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The streams of this server: as many at the same time as it allows. */
public final class OpenStreams {

    /** The server serves as many streams as it may. */
    public static final class TooManyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyException(int most) {
            super(most + " streams are open, which is the limit set by pawl.stream.max", null, false, false);
        }
    }

    private final LiveEvents live;
    private final RunQueries queries;
    private final LiveSettings settings;
    private final Set<LiveStream> open = new HashSet<>();
    private boolean goingDown;

    public OpenStreams(LiveEvents live, RunQueries queries, LiveSettings settings) {
        this.live = live;
        this.queries = queries;
        this.settings = settings;
    }

    /**
     * The stream of a run from a place on.
     *
     * @param ring told, not before this method has returned, when there is something to take; returns at once
     * @return empty when the run is finished and everything was shown
     * @throws RefusedException with RUN_NOT_FOUND
     * @throws TooManyException when the server has no room
     */
    public Optional<LiveStream> ofRun(String tenant, RunId run, RunPlace from, boolean lines, Runnable ring) {
        if (!queries.has(tenant, run)) {
            throw new RefusedException(Refusal.of(RefusalCode.RUN_NOT_FOUND, "There is no run '" + run + "'"));
        }
        if (isFinished(run) && queries.events(run, from.sequence(), 1).items().isEmpty()) {
            return Optional.empty();
        }
        RunStream stream = new RunStream(live, queries, run, from, lines, settings, ring);
        add(stream);
        opening(stream, stream::open);
        return Optional.of(stream);
    }

    private boolean isFinished(RunId run) {
        RunStatus status = queries.statuses(Set.of(run)).get(run);
        return status != null && status.isFinished();
    }

    /**
     * The stream of a tenant's events.
     *
     * @param ring as for runs
     * @throws TooManyException when the server has no room
     */
    public LiveStream ofTenant(EventFilter filter, FeedCursor from, Runnable ring) {
        TenantStream stream = new TenantStream(live, filter, from, settings, ring);
        add(stream);
        opening(stream, stream::open);
        return stream;
    }

    /** Nobody listens to the stream any more. */
    public void close(LiveStream stream) {
        synchronized (open) {
            open.remove(stream);
        }
        stream.close();
    }

    public int count() {
        synchronized (open) {
            return open.size();
        }
    }

    /** The server goes down: every stream ends, and none begins. */
    public void goDown() {
        Set<LiveStream> ending;
        synchronized (open) {
            goingDown = true;
            ending = Set.copyOf(open);
        }
        ending.forEach(LiveStream::goDown);
    }

    private void add(LiveStream stream) {
        synchronized (open) {
            if (goingDown || open.size() >= settings.most()) {
                throw new TooManyException(settings.most());
            }
            open.add(stream);
        }
    }

    private void opening(LiveStream stream, Runnable opening) {
        try {
            opening.run();
        } catch (RuntimeException e) {
            close(stream);
            throw e;
        }
    }
}
