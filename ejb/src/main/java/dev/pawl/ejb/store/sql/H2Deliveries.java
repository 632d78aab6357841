package dev.pawl.ejb.store.sql;

import dev.pawl.ejb.store.sql.DeliveryRows.Taken;
import dev.pawl.engine.model.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for candidates and locks them one by one, for the reason told in {@link H2Picking}. */
final class H2Deliveries implements DeliveryTaking {

    private static final String CANDIDATES =
            "select d.run_id, d.sequence from pawl_listener_delivery d" + FIRST + " limit ?";

    private static final String LOCK = "select first_sequence, attempts from pawl_listener_delivery"
            + " where listener = ? and run_id = ? and sequence = ? and due_at <= ? for update skip locked";

    private static final String TAKE = "update pawl_listener_delivery set due_at = ?, owner = ?, attempts = ?"
            + " where listener = ? and run_id = ? and sequence = ?";

    /** As many more are looked at, in case others are taking some. */
    private static final int SPARE = 4;

    private record Candidate(RunId run, long sequence) {}

    @Override
    public List<Taken> take(Connection connection, String listener, int max, String owner, Instant now, Instant until)
            throws SQLException {
        List<Taken> taken = new ArrayList<>();
        try (PreparedStatement lock = connection.prepareStatement(LOCK);
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            for (Candidate candidate : candidates(connection, listener, max * SPARE, now)) {
                Optional<Taken> free = taken.size() < max ? lock(lock, listener, candidate, now) : Optional.empty();
                if (free.isPresent()) {
                    Parameters.of(take)
                            .time(until)
                            .text(owner)
                            .number(free.get().attempt())
                            .text(listener)
                            .text(candidate.run().value())
                            .number(candidate.sequence());
                    take.executeUpdate();
                    taken.add(free.get());
                }
            }
        }
        return taken;
    }

    private static List<Candidate> candidates(Connection connection, String listener, int limit, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CANDIDATES)) {
            Parameters.of(statement).text(listener).time(now).number(limit);
            return Row.list(statement, row -> new Candidate(new RunId(row.text()), row.number()));
        }
    }

    private static Optional<Taken> lock(PreparedStatement statement, String listener, Candidate candidate, Instant now)
            throws SQLException {
        Parameters.of(statement)
                .text(listener)
                .text(candidate.run().value())
                .number(candidate.sequence())
                .time(now);
        try (ResultSet result = statement.executeQuery()) {
            return result.next()
                    ? Optional.of(
                            new Taken(candidate.run(), candidate.sequence(), result.getLong(1), result.getInt(2) + 1))
                    : Optional.empty();
        }
    }
}
