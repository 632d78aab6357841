package dev.pawl.ejb.store.sql;

import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.EntityQuery;
import dev.pawl.manifest.runtime.port.StoredEntity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The same in as many statements as H2 needs for it. */
final class H2Entities implements EntityWriting {

    private static final String INSERT =
            "insert into pawl_instance (tenant, entity, id, version, properties) values (?, ?, ?, ?, ?)";

    private static final String COMPARE_AND_SET = "update pawl_instance set version = ?, properties = ?"
            + " where tenant = ? and entity = ? and id = ? and version = ?";

    private static final String CANDIDATES = "select id, version, properties from pawl_instance"
            + " where tenant = ? and entity = ? and id > ? order by id limit ?";

    private static final String LAST = "select coalesce(max(sequence), 0) from pawl_entity_event where stream = ?";

    private static final String APPEND = "insert into pawl_entity_event (stream, sequence, occurred_at, emit_index, id,"
            + " tenant, name, channel, correlation_id, causation_id, command, entity, instance_id, payload)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String[] POSITION = {"position"};

    private static final String FIRST_REQUEST = "insert into pawl_rate_limit (limit_key, granted) values (?, ?)";

    private static final String GRANTED = "select granted from pawl_rate_limit where limit_key = ? for update";

    private static final String GRANT = "update pawl_rate_limit set granted = ? where limit_key = ?";

    private static final int DUPLICATE_KEY = 23505;

    @Override
    public boolean insert(Connection connection, StoredEntity entity) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Parameters.of(statement)
                    .text(entity.key().tenant())
                    .text(entity.key().entity())
                    .text(entity.key().id())
                    .number(entity.version())
                    .text(entity.properties().toString());
            return isInserted(statement);
        }
    }

    /** A duplicate undoes the statement alone. */
    private static boolean isInserted(PreparedStatement statement) throws SQLException {
        try {
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (e.getErrorCode() == DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean compareAndSet(Connection connection, StoredEntity next, long expectedVersion) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COMPARE_AND_SET)) {
            Parameters.of(statement)
                    .number(next.version())
                    .text(next.properties().toString())
                    .text(next.key().tenant())
                    .text(next.key().entity())
                    .text(next.key().id())
                    .number(expectedVersion);
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public List<StoredEntity> candidates(Connection connection, EntityQuery query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CANDIDATES)) {
            Parameters.of(statement)
                    .text(query.tenant())
                    .text(query.entity())
                    .text(query.after() == null ? "" : query.after())
                    .number(query.limit());
            return EntityRows.rows(statement, query);
        }
    }

    @Override
    public void append(Connection connection, List<EntityEvent> events) throws SQLException {
        List<Long> positions = new ArrayList<>();
        try (PreparedStatement record = connection.prepareStatement(APPEND, POSITION)) {
            for (EventStream.Placed row : EventStream.place(events)) {
                EntityEvent event = row.event();
                long sequence = last(connection, row.stream()) + 1;
                Parameters.of(record)
                        .text(row.stream())
                        .number(sequence)
                        .time(event.occurredAt())
                        .number(event.trace().emitIndex())
                        .text(event.id())
                        .text(event.tenant())
                        .text(event.name())
                        .text(event.channel())
                        .text(event.trace().correlationId())
                        .text(event.trace().causationId())
                        .text(event.subject().command())
                        .text(event.subject().entity())
                        .text(event.subject().instanceId())
                        .text(event.payload().toString());
                record.executeUpdate();
                positions.addAll(H2Dialect.generated(record));
            }
        }
        SlipRows.add(connection, FeedRows.ENTITIES, positions);
    }

    private static long last(Connection connection, String stream) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST)) {
            Parameters.of(statement).text(stream);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    @Override
    public Optional<Duration> take(Connection connection, String key, int limit, Duration window, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIRST_REQUEST)) {
            Parameters.of(statement).text(key).text(now.toString());
            if (isInserted(statement)) {
                return Optional.empty();
            }
        }
        List<Instant> open = new ArrayList<>(granted(connection, key).stream()
                .filter(time -> time.isAfter(now.minus(window)))
                .toList());
        if (open.size() >= limit) {
            return Optional.of(Duration.between(now, open.get(0).plus(window)));
        }
        open.add(now);
        try (PreparedStatement statement = connection.prepareStatement(GRANT)) {
            Parameters.of(statement)
                    .text(open.stream().map(Instant::toString).collect(Collectors.joining(",")))
                    .text(key);
            statement.executeUpdate();
        }
        return Optional.empty();
    }

    private static List<Instant> granted(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GRANTED)) {
            Parameters.of(statement).text(key);
            try (ResultSet result = statement.executeQuery()) {
                return result.next()
                        ? Arrays.stream(result.getString(1).split(","))
                                .map(Instant::parse)
                                .toList()
                        : List.of();
            }
        }
    }

    @Override
    public boolean insert(Connection connection, ApprovalRequest request) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ApprovalRows.INSERT)) {
            ApprovalRows.set(statement, request);
            return isInserted(statement);
        }
    }
}
