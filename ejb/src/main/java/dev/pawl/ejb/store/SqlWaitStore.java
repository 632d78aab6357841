package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.EventRows;
import dev.pawl.ejb.store.sql.WaitRows;
import dev.pawl.engine.model.Arrival;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.WaitStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits and kept events in the database. */
public final class SqlWaitStore implements WaitStore {

    private final CurrentConnection connection;
    private final Dialect dialect;
    private final Clock clock;

    public SqlWaitStore(CurrentConnection connection, Dialect dialect, Clock clock) {
        this.connection = connection;
        this.dialect = dialect;
        this.clock = clock;
    }

    @Override
    public void lock(Set<Channel> publications, Set<Channel> registrations) {
        connection.call("lock channels", current -> {
            dialect.channels().lock(current, publications, registrations);
            return publications;
        });
    }

    @Override
    public int publish(List<PublishedEvent> events, BiPredicate<OpenWait, PublishedEvent> fits, Instant now) {
        return connection.call("publish events", current -> new EventRows(current, dialect.channels(), now)
                .publish(events, fits, clock.now()));
    }

    @Override
    public Optional<PublishedEvent> take(Channel channel, Predicate<PublishedEvent> fits) {
        return connection.call("take a kept event", current -> WaitRows.take(current, channel, fits));
    }

    @Override
    public void open(Collection<OpenWait> waits) {
        if (!waits.isEmpty()) {
            connection.call("open waits", current -> WaitRows.open(current, waits));
        }
    }

    @Override
    public void openChild(RunId run, int ordinal, RunId child, boolean cancelWithParent) {
        connection.call(
                "wait for child " + child,
                current -> WaitRows.openChild(current, run, ordinal, child, cancelWithParent));
    }

    @Override
    public void childEnded(RunId child, @Nullable Payload output, @Nullable Failure failure, Instant now) {
        connection.call(
                "tell of the end of child " + child,
                current -> WaitRows.childEnded(current, child, output, failure, now));
    }

    @Override
    public List<Ready> ready(int max) {
        return connection.call("look for arrivals", current -> WaitRows.ready(current, max));
    }

    @Override
    public List<Arrival> arrivals(Collection<RunId> runs) {
        return runs.isEmpty()
                ? List.of()
                : connection.call("read arrivals", current -> WaitRows.arrivals(current, runs));
    }

    @Override
    public void close(Map<RunId, ? extends Set<Integer>> checkpoints) {
        if (!checkpoints.isEmpty()) {
            connection.call("close waits", current -> WaitRows.close(current, checkpoints));
        }
    }

    @Override
    public void delivered(Collection<Arrival> arrivals) {
        if (!arrivals.isEmpty()) {
            connection.call("deliver arrivals", current -> WaitRows.delivered(current, arrivals));
        }
    }

    @Override
    public void closeAll(Collection<RunId> runs) {
        if (!runs.isEmpty()) {
            connection.call("close waits", current -> WaitRows.closeAll(current, runs));
        }
    }

    @Override
    public void adopted(Collection<RunId> orphans) {
        if (!orphans.isEmpty()) {
            connection.call("see to orphans", current -> WaitRows.adopted(current, orphans));
        }
    }
}
