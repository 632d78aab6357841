package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.limit.Limits;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import dev.pawl.engine.port.LimitStore.Count;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Rows of tickets, the same way in every database. */
public final class TicketRows {

    private static final String COLUMNS =
            "holder, run_id, step_id, scope, lane, state, priority, created_at, not_before,"
                    + " lease_until, owner, limits";

    private static final String SELECT = "select " + COLUMNS + " from pawl_ticket where ";

    private static final String ADD =
            "insert into pawl_ticket (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String FIND = SELECT + "holder = ?";

    private static final String CHANGE = "update pawl_ticket set state = ?, not_before = ?, lease_until = ?, owner = ?,"
            + " limits = ? where holder = ? and state = ?";

    private static final String BEGUN =
            "update pawl_ticket set state = 'BEGUN' where holder = any(?) and state = 'READY'";

    private static final String DONE =
            "update pawl_ticket set state = 'DONE' where holder = any(?) and state <> 'DONE'";

    private static final String REMOVE = "delete from pawl_ticket where holder = any(?)";

    private static final String OF_LANE = "scope = ? and lane = ? and ";

    private static final String WAITS = "state in ('NEW', 'WAITING')";

    private static final String IS_IN = "state in ('GRANTED', 'READY', 'BEGUN', 'HELD')";

    /** Two ways to be unsettled, each by its index. */
    private static final String UNSETTLED =
            SELECT + "scope = ? and state in ('NEW', 'BEGUN', 'DONE') union all " + SELECT
                    + "scope = ? and lease_until < ? and state not in ('NEW', 'BEGUN', 'DONE')"
                    + " order by created_at, holder limit ?";

    private static final String WAITING = SELECT + OF_LANE + WAITS + " and state = 'WAITING' and not_before <= ?"
            + " order by priority desc, created_at, holder limit ?";

    private static final String OLDEST = SELECT + OF_LANE + WAITS + " order by created_at, holder limit 1";

    private static final String NEXT_NOT_BEFORE = "select min(not_before) from pawl_ticket where " + OF_LANE + WAITS
            + " and state = 'WAITING' and not_before > ?";

    private static final String COUNT_SCOPE =
            "select count(*), count(case when state in ('GRANTED', 'READY') then 1 end) from pawl_ticket where scope = ? and "
                    + IS_IN;

    private static final String COUNT_LANE = "select count(*) from pawl_ticket where " + OF_LANE + IS_IN;

    private static final String COUNT_WAITING = "select count(*) from pawl_ticket where " + OF_LANE + WAITS;

    private static final String GRANTED = SELECT + "state = 'GRANTED' order by created_at, holder limit ?";

    private static final String EXTEND =
            "update pawl_ticket set lease_until = ? where lease_until is not null and owner = ?";

    private static final String SCOPES = "select scope from pawl_ticket where state in ('NEW', 'BEGUN', 'DONE')"
            + " union select scope from pawl_ticket where lease_until < ?"
            + " union select scope from pawl_lane where due_at <= ? order by 1 limit ?";

    private interface Binding {
        void to(Parameters parameters) throws SQLException;
    }

    private TicketRows() {}

    /** Answers 1. */
    public static int add(Connection connection, Ticket ticket) throws SQLException {
        return update(connection, ADD, to -> to.text(ticket.holder())
                .text(ticket.run().value())
                .text(ticket.step())
                .text(ticket.scope())
                .text(ticket.lane())
                .text(ticket.state().name())
                .number((long) ticket.priority())
                .time(ticket.createdAt())
                .time(ticket.notBefore())
                .time(ticket.leaseUntil())
                .text(ticket.owner())
                .text(ticket.limits().encoded()));
    }

    public static Optional<Ticket> find(Connection connection, String holder) throws SQLException {
        return select(connection, FIND, to -> to.text(holder)).stream().findFirst();
    }

    public static boolean change(Connection connection, Ticket ticket, TicketState from) throws SQLException {
        return update(connection, CHANGE, to -> to.text(ticket.state().name())
                        .time(ticket.notBefore())
                        .time(ticket.leaseUntil())
                        .text(ticket.owner())
                        .text(ticket.limits().encoded())
                        .text(ticket.holder())
                        .text(from.name()))
                == 1;
    }

    public static int begun(Connection connection, Collection<RunId> runs) throws SQLException {
        return update(
                connection, BEGUN, to -> to.texts(RunRows.values(runs.stream().sorted())));
    }

    public static int done(Connection connection, Collection<String> holders) throws SQLException {
        return update(connection, DONE, to -> to.texts(sorted(holders)));
    }

    public static int remove(Connection connection, Collection<String> holders) throws SQLException {
        return update(connection, REMOVE, to -> to.texts(sorted(holders)));
    }

    private static Object[] sorted(Collection<String> holders) {
        return holders.stream().sorted().toArray(String[]::new);
    }

    public static List<Ticket> unsettled(Connection connection, String scope, Instant now, int max)
            throws SQLException {
        return select(
                connection,
                UNSETTLED,
                to -> to.text(scope).text(scope).time(now).number((long) max));
    }

    public static List<Ticket> waiting(Connection connection, String scope, String lane, Instant now, int max)
            throws SQLException {
        return select(
                connection, WAITING, to -> to.text(scope).text(lane).time(now).number((long) max));
    }

    public static Optional<Ticket> oldestWaiting(Connection connection, String scope, String lane) throws SQLException {
        return select(connection, OLDEST, to -> to.text(scope).text(lane)).stream()
                .findFirst();
    }

    public static Optional<Instant> nextNotBefore(Connection connection, String scope, String lane, Instant now)
            throws SQLException {
        return one(
                connection,
                NEXT_NOT_BEFORE,
                to -> to.text(scope).text(lane).time(now),
                row -> Optional.ofNullable(row.timeOrNull()));
    }

    public static Count in(Connection connection, String scope) throws SQLException {
        return one(connection, COUNT_SCOPE, to -> to.text(scope), row -> new Count(row.integer(), row.integer()));
    }

    public static int in(Connection connection, String scope, String lane) throws SQLException {
        return one(connection, COUNT_LANE, to -> to.text(scope).text(lane), Row::integer);
    }

    public static int waiting(Connection connection, String scope, String lane) throws SQLException {
        return one(connection, COUNT_WAITING, to -> to.text(scope).text(lane), Row::integer);
    }

    public static List<Ticket> granted(Connection connection, int max) throws SQLException {
        return select(connection, GRANTED, to -> to.number((long) max));
    }

    public static int extend(Connection connection, String owner, Instant until) throws SQLException {
        return update(connection, EXTEND, to -> to.time(until).text(owner));
    }

    public static List<String> scopes(Connection connection, Instant now, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SCOPES)) {
            Parameters.of(statement).time(now).time(now).number((long) max);
            return Row.list(statement, Row::text);
        }
    }

    private static int update(Connection connection, String sql, Binding binding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(Parameters.of(statement));
            return statement.executeUpdate();
        }
    }

    private interface Reading<T> {
        T of(Row row) throws SQLException;
    }

    private static <T> T one(Connection connection, String sql, Binding binding, Reading<T> reading)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(Parameters.of(statement));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return reading.of(new Row(result));
            }
        }
    }

    private static List<Ticket> select(Connection connection, String sql, Binding binding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(Parameters.of(statement));
            return Row.list(statement, TicketRows::ticket);
        }
    }

    private static Ticket ticket(Row row) throws SQLException {
        return new Ticket(
                row.text(),
                new RunId(row.text()),
                row.textOrNull(),
                row.text(),
                row.text(),
                TicketState.valueOf(row.text()),
                row.integer(),
                row.time(),
                row.time(),
                row.timeOrNull(),
                row.textOrNull(),
                Limits.decode(row.text()));
    }
}
