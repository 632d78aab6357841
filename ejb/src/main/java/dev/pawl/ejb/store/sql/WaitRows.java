package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Arrival;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.WaitStore.Ready;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rows of waits and of kept events, the same way in every database. */
public final class WaitRows {

    private static final int KEPT_AT_A_TIME = 100;

    private static final String TAKEN =
            "update pawl_inbox set kept_at = null where tenant = ? and event_key = ? and kept_at is not null";

    private static final String KEPT = "select tenant, event_key, name, correlation, data, occurred_at from pawl_inbox"
            + " where tenant = ? and name = ? and kept_at is not null";

    private static final String OF_CORRELATION = " and correlation = ?";

    private static final String OLDEST_FIRST = " order by kept_at, event_key limit ? offset ?";

    private static final String OPEN =
            "insert into pawl_wait (run_id, ordinal, place, tenant, event, correlation, filter,"
                    + " until_at) values (?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String OPEN_CHILD = "insert into pawl_wait (run_id, ordinal, place, tenant, child_id,"
            + " cancel_with_parent) values (?, ?, 0, '', ?, ?)";

    private static final String CHILD_ENDED = "update pawl_wait set ready_at = ?, output = ?, error_code = ?,"
            + " error_message = ?, error_stage = ? where child_id = ? and ready_at is null";

    private static final String READY = "select run_id, is_orphan, child_id from pawl_wait where ready_at is not null"
            + " order by ready_at limit ?";

    private static final String ARRIVALS =
            "select w.run_id, w.ordinal, w.place, coalesce(i.data, w.output), w.error_code, w.error_message,"
                    + " w.error_stage from pawl_wait w"
                    + " left join pawl_inbox i on i.tenant = w.tenant and i.event_key = w.event_key"
                    + " where w.run_id = any(?) and w.ready_at is not null and not w.is_orphan"
                    + " order by w.ready_at, w.run_id, w.ordinal, w.place";

    private static final String ORPHAN = "update pawl_wait set is_orphan = true, ready_at = current_timestamp"
            + " where cancel_with_parent and ready_at is null and ";

    private static final String LOCK_OPEN = "select run_id, ordinal, place from pawl_wait where ready_at is null and ";

    /** The order for whoever locks more than one. */
    private static final String IN_ORDER = " order by tenant, event, correlation, run_id, ordinal, place for update";

    private static final String CLOSE =
            "delete from pawl_wait where not is_orphan and not (cancel_with_parent and ready_at is null) and ";

    private static final String OF_CHECKPOINTS = "run_id = any(?) and (run_id, ordinal) in"
            + " (select k.run_id, k.ordinal from unnest(?, ?) as k(run_id, ordinal))";

    private static final String OF_RUNS = "run_id = any(?)";

    private static final String OF_PLACES = "run_id = any(?) and (run_id, ordinal, place) in"
            + " (select k.run_id, k.ordinal, k.place from unnest(?, ?, ?) as k(run_id, ordinal, place))";

    private static final String DELIVERED = "delete from pawl_wait where ready_at is not null and " + OF_PLACES;

    private static final String ADOPTED = "delete from pawl_wait where is_orphan and child_id = any(?)";

    private WaitRows() {}

    // events

    /** Whether the event was kept until now. */
    static boolean take(Connection connection, PublishedEvent event) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKEN)) {
            Parameters.of(statement).text(event.tenant()).text(event.key());
            return statement.executeUpdate() == 1;
        }
    }

    /** The oldest kept event that fits, which is kept no longer. */
    public static Optional<PublishedEvent> take(Connection connection, Channel channel, Predicate<PublishedEvent> fits)
            throws SQLException {
        int offset = 0;
        List<PublishedEvent> kept;
        do {
            kept = kept(connection, channel, offset);
            for (PublishedEvent event : kept) {
                if (fits.test(event) && take(connection, event)) {
                    return Optional.of(event);
                }
            }
            offset += kept.size();
        } while (kept.size() == KEPT_AT_A_TIME);
        return Optional.empty();
    }

    private static List<PublishedEvent> kept(Connection connection, Channel channel, int offset) throws SQLException {
        boolean ofAny = channel.correlation().equals(Awaited.ANY);
        try (PreparedStatement statement =
                connection.prepareStatement(KEPT + (ofAny ? "" : OF_CORRELATION) + OLDEST_FIRST)) {
            Parameters to = Parameters.of(statement).text(channel.tenant()).text(channel.event());
            if (!ofAny) {
                to.text(channel.correlation());
            }
            to.number((long) KEPT_AT_A_TIME).number((long) offset);
            return Row.list(
                    statement,
                    row -> new PublishedEvent(
                            row.text(), row.text(), row.text(), row.text(), Payload.decode(row.text()), row.time()));
        }
    }

    // waits

    /** Answers how many were opened. */
    public static int open(Connection connection, Collection<OpenWait> waits) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            for (OpenWait wait : waits) {
                Parameters.of(statement)
                        .text(wait.run().value())
                        .number((long) wait.ordinal())
                        .number((long) wait.place())
                        .text(wait.channel().tenant())
                        .text(wait.channel().event())
                        .text(wait.channel().correlation())
                        .text(wait.filter())
                        .time(wait.until());
                statement.addBatch();
            }
            return statement.executeBatch().length;
        }
    }

    /** Answers 1. */
    public static int openChild(Connection connection, RunId run, int ordinal, RunId child, boolean cancelWithParent)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPEN_CHILD)) {
            Parameters.of(statement)
                    .text(run.value())
                    .number((long) ordinal)
                    .text(child.value())
                    .flag(cancelWithParent);
            return statement.executeUpdate();
        }
    }

    /** Answers how many waited for that. */
    public static int childEnded(
            Connection connection, RunId child, @Nullable Payload output, @Nullable Failure failure, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHILD_ENDED)) {
            Parameters.of(statement)
                    .time(now)
                    .text(RunColumns.encoded(output))
                    .text(RunColumns.of(failure, Failure::code))
                    .text(RunColumns.of(failure, Failure::message))
                    .text(RunColumns.of(failure, Failure::stage))
                    .text(child.value());
            return statement.executeUpdate();
        }
    }

    public static List<Ready> ready(Connection connection, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READY)) {
            Parameters.of(statement).number((long) max);
            return Row.list(statement, WaitRows::ready).stream().distinct().toList();
        }
    }

    private static Ready ready(Row row) throws SQLException {
        RunId run = new RunId(row.text());
        boolean orphan = row.flag();
        String child = row.textOrNull();
        return new Ready(run, orphan && child != null ? Optional.of(new RunId(child)) : Optional.empty());
    }

    public static List<Arrival> arrivals(Connection connection, Collection<RunId> runs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ARRIVALS)) {
            Parameters.of(statement).texts(RunRows.values(runs.stream()));
            return Row.list(
                    statement,
                    row -> new Arrival(
                            new RunId(row.text()),
                            row.integer(),
                            row.integer(),
                            row.payloadOrNull(),
                            row.failureOrNull()));
        }
    }

    /** Answers how many rows are gone. */
    public static int close(Connection connection, Map<RunId, ? extends Set<Integer>> checkpoints) throws SQLException {
        List<RunId> runs = new ArrayList<>();
        List<Integer> ordinals = new ArrayList<>();
        checkpoints.forEach((run, those) -> those.forEach(ordinal -> {
            runs.add(run);
            ordinals.add(ordinal);
        }));
        try (PreparedStatement lock = connection.prepareStatement(LOCK_OPEN + OF_CHECKPOINTS + IN_ORDER);
                PreparedStatement orphan = connection.prepareStatement(ORPHAN + OF_CHECKPOINTS);
                PreparedStatement close = connection.prepareStatement(CLOSE + OF_CHECKPOINTS)) {
            checkpoints(Parameters.of(lock), runs, ordinals);
            lock.execute();
            checkpoints(Parameters.of(orphan), runs, ordinals);
            orphan.executeUpdate();
            checkpoints(Parameters.of(close), runs, ordinals);
            return close.executeUpdate();
        }
    }

    private static Parameters checkpoints(Parameters to, List<RunId> runs, List<Integer> ordinals) throws SQLException {
        return to.texts(RunRows.values(runs.stream().distinct()))
                .texts(RunRows.values(runs.stream()))
                .array("int", ordinals.toArray());
    }

    private static void places(PreparedStatement statement, Collection<Place> places) throws SQLException {
        checkpoints(
                        Parameters.of(statement),
                        places.stream().map(Place::run).toList(),
                        places.stream().map(Place::ordinal).toList())
                .array("int", places.stream().map(Place::place).toArray());
    }

    /** What tells a wait from others. */
    record Place(RunId run, int ordinal, int place) {

        static Place of(OpenWait wait) {
            return new Place(wait.run(), wait.ordinal(), wait.place());
        }

        static Place of(Arrival arrival) {
            return new Place(arrival.run(), arrival.ordinal(), arrival.place());
        }
    }

    /** Locks those of the waits that are still open, and answers which. */
    static Set<Place> lockOpen(Connection connection, Collection<OpenWait> waits) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_OPEN + OF_PLACES + IN_ORDER)) {
            places(statement, waits.stream().map(Place::of).toList());
            return Row.set(statement, row -> new Place(new RunId(row.text()), row.integer(), row.integer()));
        }
    }

    /** Answers how many rows are gone. */
    public static int closeAll(Connection connection, Collection<RunId> runs) throws SQLException {
        try (PreparedStatement orphan = connection.prepareStatement(ORPHAN + OF_RUNS);
                PreparedStatement close = connection.prepareStatement(CLOSE + OF_RUNS)) {
            Parameters.of(orphan).texts(RunRows.values(runs.stream().sorted()));
            orphan.executeUpdate();
            Parameters.of(close).texts(RunRows.values(runs.stream().sorted()));
            return close.executeUpdate();
        }
    }

    /** Answers how many were delivered. */
    public static int delivered(Connection connection, Collection<Arrival> arrivals) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELIVERED)) {
            places(statement, arrivals.stream().map(Place::of).toList());
            return statement.executeUpdate();
        }
    }

    /** Answers how many rows are gone. */
    public static int adopted(Connection connection, Collection<RunId> orphans) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADOPTED)) {
            Parameters.of(statement).texts(RunRows.values(orphans.stream()));
            return statement.executeUpdate();
        }
    }
}
