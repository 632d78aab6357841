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
import java.util.List;
import java.util.Optional;

/** Each of these is one statement, however many rows it writes. */
final class PostgresEntities implements EntityWriting {

    private static final String INSERT = "insert into pawl_instance (tenant, entity, id, version, properties, facets)"
            + " values (?, ?, ?, ?, ?, ?) on conflict do nothing";

    private static final String COMPARE_AND_SET = "update pawl_instance set version = ?, properties = ?, facets = ?"
            + " where tenant = ? and entity = ? and id = ? and version = ?";

    private static final String CANDIDATES = "select id, version, properties from pawl_instance"
            + " where tenant = ? and entity = ? and id > ? and facets @> ? order by id limit ?";

    private static final ArrayRows EVENT = ArrayRows.of("stream text, place int8, occurred_at timestamptz,"
            + " emit_index int4, id text, tenant text, name text, channel text, correlation_id text, causation_id text,"
            + " command text, entity text, instance_id text, payload text");

    private static final String APPEND =
            "with recorded as (insert into pawl_entity_event (stream, sequence, occurred_at,"
                    + " emit_index, id, tenant, name, channel, correlation_id, causation_id, command, entity, instance_id, payload)"
                    + " select e.stream, e.place + coalesce((select max(before.sequence) from pawl_entity_event before"
                    + " where before.stream = e.stream), 0), e.occurred_at, e.emit_index, e.id, e.tenant, e.name, e.channel,"
                    + " e.correlation_id, e.causation_id, e.command, e.entity, e.instance_id, e.payload"
                    + " from (" + EVENT.select() + ") e returning position)"
                    + " insert into pawl_outbox (feed, positions)"
                    + " select 'e', array_agg(position order by position) from recorded";

    private static final String TAKE = "insert into pawl_rate_limit as known (limit_key, refused, granted)"
            + " values (?, false, array[?::timestamptz]) on conflict (limit_key) do update set (refused, granted) ="
            + " (select count(*) >= ?, coalesce(array_agg(g order by g), '{}') || case when count(*) >= ?"
            + " then '{}' else excluded.granted end from unnest(known.granted) g where g > ?)"
            + " returning refused, granted[1]";

    @Override
    public boolean insert(Connection connection, StoredEntity entity) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Parameters.of(statement)
                    .text(entity.key().tenant())
                    .text(entity.key().entity())
                    .text(entity.key().id())
                    .number(entity.version())
                    .text(entity.properties().toString())
                    .array("int8", Facets.of(entity.properties().properties()));
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public boolean compareAndSet(Connection connection, StoredEntity next, long expectedVersion) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COMPARE_AND_SET)) {
            Parameters.of(statement)
                    .number(next.version())
                    .text(next.properties().toString())
                    .array("int8", Facets.of(next.properties().properties()))
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
                    .array("int8", Facets.of(query.equal().entrySet()))
                    .number(query.limit());
            return EntityRows.rows(statement, query);
        }
    }

    @Override
    public void append(Connection connection, List<EntityEvent> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            new Columns<>(Parameters.of(statement), EventStream.place(events))
                    .text(EventStream.Placed::stream)
                    .bigint(EventStream.Placed::place)
                    .time(row -> row.event().occurredAt())
                    .integer(row -> row.event().trace().emitIndex())
                    .text(row -> row.event().id())
                    .text(row -> row.event().tenant())
                    .text(row -> row.event().name())
                    .text(row -> row.event().channel())
                    .text(row -> row.event().trace().correlationId())
                    .text(row -> row.event().trace().causationId())
                    .text(row -> row.event().subject().command())
                    .text(row -> row.event().subject().entity())
                    .text(row -> row.event().subject().instanceId())
                    .text(row -> row.event().payload().toString());
            statement.executeUpdate();
        }
    }

    @Override
    public Optional<Duration> take(Connection connection, String key, int limit, Duration window, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            Parameters.of(statement)
                    .text(key)
                    .time(now)
                    .number(limit)
                    .number(limit)
                    .time(now.minus(window));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                Row row = new Row(result);
                return row.flag() ? Optional.of(Duration.between(now, row.time().plus(window))) : Optional.empty();
            }
        }
    }

    @Override
    public boolean insert(Connection connection, ApprovalRequest request) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(ApprovalRows.INSERT + " on conflict (open_key) do nothing")) {
            ApprovalRows.set(statement, request);
            return statement.executeUpdate() == 1;
        }
    }
}
