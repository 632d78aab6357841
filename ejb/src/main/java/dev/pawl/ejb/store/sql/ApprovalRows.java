package dev.pawl.ejb.store.sql;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.ApprovalStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests for approvals, the same way in every database. */
public final class ApprovalRows {

    static final String INSERT =
            "insert into pawl_approval (id, tenant, entity, instance_id, status, expires_at, open_key,"
                    + " closed_at, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String OPEN = "select body from pawl_approval where open_key = ? for update";

    private static final String FIND = "select body from pawl_approval where id = ?";

    private static final String UPDATE =
            "update pawl_approval set status = ?, expires_at = ?, open_key = ?, closed_at = ?, body = ? where id = ?";

    private static final String DUE =
            "select id from pawl_approval where status = 'PENDING' and expires_at <= ? order by expires_at limit ?";

    private ApprovalRows() {}

    public static Optional<ApprovalRequest> open(Connection connection, ApprovalRequest.Subject subject)
            throws SQLException {
        return one(connection, OPEN, openKey(subject));
    }

    public static Optional<ApprovalRequest> find(Connection connection, String id) throws SQLException {
        return one(connection, FIND, id);
    }

    public static Optional<ApprovalRequest> lock(Connection connection, String id) throws SQLException {
        return one(connection, FIND + " for update", id);
    }

    static void set(PreparedStatement statement, ApprovalRequest request) throws SQLException {
        Parameters.of(statement)
                .text(request.id())
                .text(request.subject().instance().tenant())
                .text(request.subject().instance().entity())
                .text(request.subject().instance().id())
                .text(request.status().name())
                .time(request.expiresAt())
                .text(request.isOpen() ? openKey(request.subject()) : null)
                .time(request.closedAt())
                .text(request.toJson().toString());
    }

    public static void update(Connection connection, ApprovalRequest request) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            Parameters.of(statement)
                    .text(request.status().name())
                    .time(request.expiresAt())
                    .text(request.isOpen() ? openKey(request.subject()) : null)
                    .time(request.closedAt())
                    .text(request.toJson().toString())
                    .text(request.id());
            if (statement.executeUpdate() != 1) {
                throw new SQLException("The request for approval " + request.id() + " is gone");
            }
        }
    }

    public static List<ApprovalRequest> list(Connection connection, ApprovalStore.Wanted wanted) throws SQLException {
        StringBuilder sql = new StringBuilder("select body from pawl_approval where tenant = ? and id > ?");
        // The status as a literal, so that the index of those that wait can serve it.
        Approval.@Nullable Status status = wanted.status();
        if (status != null) {
            sql.append(" and status = '").append(status.name()).append('\'');
        }
        sql.append(wanted.entity() == null ? "" : " and entity = ?");
        sql.append(wanted.instanceId() == null ? "" : " and instance_id = ?");
        sql.append(" order by id limit ?");
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            Parameters parameters =
                    Parameters.of(statement).text(wanted.tenant()).text(wanted.after() == null ? "" : wanted.after());
            if (wanted.entity() != null) {
                parameters.text(wanted.entity());
            }
            if (wanted.instanceId() != null) {
                parameters.text(wanted.instanceId());
            }
            parameters.number(wanted.limit());
            return Row.list(statement, row -> ApprovalRequest.fromJson(JsonCodec.parse(row.text())));
        }
    }

    public static int removeClosed(Connection connection, Dialect dialect, Instant before, int most)
            throws SQLException {
        return OldRows.removeBefore(connection, dialect, "pawl_approval", "closed_at", before, most);
    }

    public static List<String> due(Connection connection, Instant now, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            Parameters.of(statement).time(now).number(limit);
            return Row.list(statement, Row::text);
        }
    }

    private static Optional<ApprovalRequest> one(Connection connection, String sql, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.of(statement).text(key);
            try (ResultSet result = statement.executeQuery()) {
                return result.next()
                        ? Optional.of(ApprovalRequest.fromJson(JsonCodec.parse(result.getString(1))))
                        : Optional.empty();
            }
        }
    }

    private static String openKey(ApprovalRequest.Subject subject) {
        String text = String.join(
                "\n",
                subject.instance().tenant(),
                subject.instance().entity(),
                subject.instance().id(),
                subject.approval(),
                subject.callHash());
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
