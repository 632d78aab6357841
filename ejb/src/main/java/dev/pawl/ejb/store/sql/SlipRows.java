package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Slips, each of which lists the numbers of the rows of history that one transaction appended, the same way in every
 * database. They are delivered in the order of their ids. Who changes one holds the relay's duty.
 */
final class SlipRows {

    /** Numbers on a slip at most, where that is up to whoever writes it. */
    static final int LONGEST = 200;

    private static final String ADD = "insert into pawl_outbox (feed, positions) values (?, ?)";

    private static final String ADD_IN_FRONT = "insert into pawl_outbox (id, feed, positions)"
            + " select least(coalesce(min(id), 0), 0) - 1, cast(? as varchar(1)), cast(? as bigint array) from pawl_outbox";

    private static final String POSITIONS_OF = "select 'r', c.position from unnest(?, ?) as k(run_id, first_sequence)"
            + " join pawl_event_chunk c on c.run_id = k.run_id and c.first_sequence = k.first_sequence"
            + " union all select 'e', e.position from unnest(?, ?) as k(run_id, first_sequence)"
            + " join pawl_entity_event e on e.stream = k.run_id and e.sequence = k.first_sequence order by 1, 2";

    private static final String FIRST = "select id, positions from pawl_outbox order by id limit ?";

    private static final String KEY = "select coalesce(c.run_id, e.stream), coalesce(c.first_sequence, e.sequence)"
            + " from pawl_outbox o left join pawl_event_chunk c on o.feed = 'r' and c.position = ?"
            + " left join pawl_entity_event e on o.feed = 'e' and e.position = ?"
            + " where o.id = ? and cast(? as bigint) = any(o.positions)";

    private static final String REMOVE = "delete from pawl_outbox where (id, cardinality(positions)) in"
            + " (select k.id, k.listed from unnest(?, ?) as k(id, listed))";

    private static final String REST = "select id, positions from pawl_outbox where id = any(?)";

    private static final String SHORTEN = "update pawl_outbox set positions = ? where id = ?";

    private SlipRows() {}

    static void add(Connection connection, FeedRows feed, Collection<Long> positions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            Parameters.of(statement).text(String.valueOf(feed.letter())).array("int8", positions.toArray(Long[]::new));
            statement.executeUpdate();
        }
    }

    /** Lists entries before all that are listed, as far as their history is there. */
    static void addInFront(Connection connection, Collection<EntryKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        Map<String, List<Long>> positions = positions(connection, keys);
        try (PreparedStatement statement = connection.prepareStatement(ADD_IN_FRONT)) {
            for (Map.Entry<String, List<Long>> feed : positions.entrySet()) {
                List<Long> all = feed.getValue();
                for (int end = all.size(); end > 0; end -= LONGEST) {
                    List<Long> part = all.subList(Math.max(0, end - LONGEST), end);
                    Parameters.of(statement).text(feed.getKey()).array("int8", part.toArray(Long[]::new));
                    statement.executeUpdate();
                }
            }
        }
    }

    private static Map<String, List<Long>> positions(Connection connection, Collection<EntryKey> keys)
            throws SQLException {
        Map<String, List<Long>> positions = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(POSITIONS_OF)) {
            Parameters parameters = Parameters.of(statement);
            OutboxRows.bindKeys(parameters, keys);
            OutboxRows.bindKeys(parameters, keys);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    positions
                            .computeIfAbsent(result.getString(1), feed -> new ArrayList<>())
                            .add(result.getLong(2));
                }
            }
        }
        return positions;
    }

    /** Names what is listed first. */
    static List<EntryName> names(Connection connection, int max) throws SQLException {
        List<EntryName> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FIRST)) {
            Parameters.of(statement).number(max);
            try (ResultSet result = statement.executeQuery()) {
                while (names.size() < max && result.next()) {
                    long slip = result.getLong(1);
                    numbers(result.getArray(2)).stream()
                            .limit(max - names.size())
                            .forEach(position -> names.add(new EntryName.Fresh(slip, position)));
                }
            }
        }
        return names;
    }

    static List<Long> numbers(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(Long.class::cast).toList();
    }

    /** Which entry it is, while it is listed and its history is there. */
    static Optional<EntryKey> key(Connection connection, EntryName.Fresh entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEY)) {
            Parameters.of(statement)
                    .number(entry.position())
                    .number(entry.position())
                    .number(entry.slip())
                    .number(entry.position());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getString(1) != null
                        ? Optional.of(OutboxRows.key(result))
                        : Optional.empty();
            }
        }
    }

    /** Removes entries that are known to be listed: whole slips at once, and what was a part of one from that. */
    static void remove(Connection connection, Collection<EntryName.Fresh> entries) throws SQLException {
        Map<Long, Set<Long>> slips = entries.stream()
                .collect(Collectors.groupingBy(
                        EntryName.Fresh::slip,
                        TreeMap::new,
                        Collectors.mapping(EntryName.Fresh::position, Collectors.toSet())));
        int removed;
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            Parameters.of(statement)
                    .array("int8", slips.keySet().toArray(Long[]::new))
                    .array(
                            "int8",
                            slips.values().stream()
                                    .map(positions -> (long) positions.size())
                                    .toArray(Long[]::new));
            removed = statement.executeUpdate();
        }
        if (removed < slips.size()) {
            shorten(connection, slips);
        }
    }

    private static void shorten(Connection connection, Map<Long, Set<Long>> slips) throws SQLException {
        Map<Long, List<Long>> rest = rest(connection, slips);
        try (PreparedStatement statement = connection.prepareStatement(SHORTEN)) {
            for (Map.Entry<Long, List<Long>> slip : rest.entrySet()) {
                Parameters.of(statement)
                        .array("int8", slip.getValue().toArray(Long[]::new))
                        .number(slip.getKey());
                statement.executeUpdate();
            }
        }
    }

    /** What stays on those slips that are still there. */
    private static Map<Long, List<Long>> rest(Connection connection, Map<Long, Set<Long>> removed) throws SQLException {
        Map<Long, List<Long>> rest = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(REST)) {
            Parameters.of(statement).array("int8", removed.keySet().toArray(Long[]::new));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    List<Long> positions = new ArrayList<>(numbers(result.getArray(2)));
                    positions.removeAll(removed.getOrDefault(result.getLong(1), Set.of()));
                    rest.put(result.getLong(1), positions);
                }
            }
        }
        return rest;
    }
}
