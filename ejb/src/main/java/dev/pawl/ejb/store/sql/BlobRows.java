package dev.pawl.ejb.store.sql;

import dev.pawl.engine.port.BlobInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Blobs and the chunks of their contents. The version of a blob is the id of its content. */
public final class BlobRows {

    private static final String INFO =
            "select blob_key, content_id, content_type, size_bytes, created_at, chunks from pawl_blob where blob_key = ?";

    private static final String FIRST = "select b.blob_key, b.content_id, b.content_type, b.size_bytes, b.created_at,"
            + " b.chunks, c.bytes from pawl_blob b left join pawl_blob_chunk c on c.content_id = b.content_id"
            + " and c.number = 0 where b.blob_key = ?";

    private static final String CHUNK = "select bytes from pawl_blob_chunk where content_id = ? and number = ?";

    private static final String LOCK = "select content_id, chunks from pawl_blob where blob_key = ? for update";

    private static final String INSERT =
            "insert into pawl_blob (blob_key, content_id, content_type, size_bytes, created_at, chunks)"
                    + " values (?, ?, ?, ?, ?, ?)";

    private static final String UPDATE = "update pawl_blob set content_id = ?, content_type = ?, size_bytes = ?,"
            + " created_at = ?, chunks = ? where blob_key = ?";

    private static final String DELETE = "delete from pawl_blob where blob_key = ?";

    private static final String INSERT_CHUNK =
            "insert into pawl_blob_chunk (content_id, number, bytes) values (?, ?, ?)";

    private static final String DELETE_CHUNKS =
            "delete from pawl_blob_chunk where content_id = ? and number >= ? and number < ?";

    private static final String LAST_CHUNK = "select max(number) from pawl_blob_chunk where content_id = ?";

    private static final String INSERT_LOOSE = "insert into pawl_blob_loose (content_id, since) values (?, ?)";

    private static final String TOUCH_LOOSE = "update pawl_blob_loose set since = ? where content_id = ? and since > ?";

    private static final String FASTEN = "delete from pawl_blob_loose where content_id = ? and since > ?";

    private static final String DOOM = "update pawl_blob_loose set since = ? where content_id = ? and since < ?";

    private static final String FORGET = "delete from pawl_blob_loose where content_id = ?";

    private static final String LOOSE_BEFORE =
            "select content_id from pawl_blob_loose where since < ? order by since fetch first ? rows only";

    private static final String KEYS = "select blob_key from pawl_blob where blob_key > ?";

    private static final String IN_ORDER = " order by blob_key fetch first ? rows only";

    /** Loose since then: being swept, so that nobody can fasten it any more. */
    private static final Instant DOOMED = Instant.parse("2000-01-01T00:00:00Z");

    private static final int CHUNKS_TOGETHER = 16;

    private BlobRows() {}

    /**
     * A blob as it is stored.
     *
     * @param first its first chunk, where that was asked for and there is one
     */
    public record Stored(BlobInfo info, int chunks, byte @Nullable [] first) {}

    public static Optional<Stored> info(Connection connection, String key) throws SQLException {
        return find(connection, INFO, key, false);
    }

    /** With the first chunk. */
    public static Optional<Stored> first(Connection connection, String key) throws SQLException {
        return find(connection, FIRST, key, true);
    }

    private static Optional<Stored> find(Connection connection, String sql, String key, boolean withChunk)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.of(statement).text(key);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    return Optional.empty();
                }
                Row row = new Row(result);
                BlobInfo info = new BlobInfo(row.text(), row.text(), row.text(), row.number(), row.time());
                int chunks = row.integer();
                return Optional.of(new Stored(info, chunks, withChunk ? result.getBytes(row.position()) : null));
            }
        }
    }

    public static Optional<byte[]> chunk(Connection connection, String contentId, int number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHUNK)) {
            Parameters.of(statement).text(contentId).number(number);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(result.getBytes(1)) : Optional.empty();
            }
        }
    }

    /** Keys with a prefix, after another one, in order. */
    public static List<String> keys(Connection connection, String prefix, String after, int limit) throws SQLException {
        KeyPrefix keys = new KeyPrefix("blob_key", prefix);
        try (PreparedStatement statement = connection.prepareStatement(KEYS + keys.condition() + IN_ORDER)) {
            keys.bind(Parameters.of(statement).text(after)).number(limit);
            return Row.list(statement, Row::text);
        }
    }

    /** Writes a content that no blob refers to yet, from one chunk to the next. */
    public static void insertChunks(Connection connection, String contentId, int from, List<byte[]> chunks)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_CHUNK)) {
            for (int i = 0; i < chunks.size(); i++) {
                Parameters.of(statement).text(contentId).number(from + i).bytes(chunks.get(i));
                statement.addBatch();
                if ((i + 1) % CHUNKS_TOGETHER == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }

    /** Notes that nothing refers to a content, for now. */
    public static void loosen(Connection connection, String contentId, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_LOOSE)) {
            Parameters.of(statement).text(contentId).time(now);
            statement.executeUpdate();
        }
    }

    /** Tells that somebody is still at a loose content; false when it is swept. */
    public static boolean touch(Connection connection, String contentId, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TOUCH_LOOSE)) {
            Parameters.of(statement).time(now).text(contentId).time(DOOMED);
            return statement.executeUpdate() == 1;
        }
    }

    /** Takes a content out of the loose ones, because a blob is to refer to it; false when it is swept. */
    public static boolean fasten(Connection connection, String contentId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FASTEN)) {
            Parameters.of(statement).text(contentId).time(DOOMED);
            return statement.executeUpdate() == 1;
        }
    }

    /** Decides that a content which has been loose since before this time is swept; false when somebody came back to it. */
    public static boolean doom(Connection connection, String contentId, Instant time) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DOOM)) {
            Parameters.of(statement).time(DOOMED).text(contentId).time(time);
            return statement.executeUpdate() == 1;
        }
    }

    /** Nothing of a loose content is left. */
    public static void forget(Connection connection, String contentId) throws SQLException {
        update(connection, FORGET, contentId);
    }

    /** Turns a blob to a content that is there, and leaves the one it had. */
    public static void turn(Connection connection, Dialect dialect, BlobInfo info, int chunks) throws SQLException {
        while (true) {
            Optional<Stored> before = lock(connection, info);
            if (before.isPresent()) {
                try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
                    Parameters.of(statement)
                            .text(info.version())
                            .text(info.contentType())
                            .number(info.size())
                            .time(info.createdAt())
                            .number(chunks)
                            .text(info.key());
                    statement.executeUpdate();
                }
                leave(connection, before.get().info().version(), before.get().chunks(), info.createdAt());
                return;
            }
            // somebody else may have put the same key since
            if (dialect.insertNew(connection, INSERT, to -> to.text(info.key())
                    .text(info.version())
                    .text(info.contentType())
                    .number(info.size())
                    .time(info.createdAt())
                    .number(chunks))) {
                return;
            }
        }
    }

    /** What the blob is before it becomes {@code next}. */
    private static Optional<Stored> lock(Connection connection, BlobInfo next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            Parameters.of(statement).text(next.key());
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    return Optional.empty();
                }
                Row row = new Row(result);
                String contentId = row.text();
                BlobInfo before = new BlobInfo(next.key(), contentId, "", 0, next.createdAt());
                return Optional.of(new Stored(before, row.integer(), null));
            }
        }
    }

    /** Deletes blobs and answers how many of them there were. */
    public static int delete(Connection connection, Collection<String> keys, Instant now) throws SQLException {
        int deleted = 0;
        for (String key : keys) {
            Optional<Stored> before = lock(connection, new BlobInfo(key, "", "", 0, now));
            if (before.isPresent()) {
                deleted += update(connection, DELETE, key);
                leave(connection, before.get().info().version(), before.get().chunks(), now);
            }
        }
        return deleted;
    }

    /** One chunk was read whole by whoever reads; more may still be read. */
    private static void leave(Connection connection, String contentId, int chunks, Instant now) throws SQLException {
        if (chunks == 1) {
            deleteChunks(connection, contentId, 0, 1);
        } else if (chunks > 1) {
            loosen(connection, contentId, now);
        }
    }

    /** Contents that have been loose since before this time, longest first. */
    public static List<String> looseBefore(Connection connection, Instant time, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOSE_BEFORE)) {
            Parameters.of(statement).time(time).number(max);
            return Row.list(statement, Row::text);
        }
    }

    /** Number of the last chunk of a content that is left. */
    public static OptionalInt lastChunk(Connection connection, String contentId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST_CHUNK)) {
            Parameters.of(statement).text(contentId);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                int last = result.getInt(1);
                return result.wasNull() ? OptionalInt.empty() : OptionalInt.of(last);
            }
        }
    }

    public static void deleteChunks(Connection connection, String contentId, int from, int to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE_CHUNKS)) {
            Parameters.of(statement).text(contentId).number(from).number(to);
            statement.executeUpdate();
        }
    }

    private static int update(Connection connection, String sql, String text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.of(statement).text(text);
            return statement.executeUpdate();
        }
    }
}
