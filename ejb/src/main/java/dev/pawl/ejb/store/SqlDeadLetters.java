package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.DeadLetterReading;
import dev.pawl.ejb.store.sql.DeadLetterReading.Listed;
import dev.pawl.ejb.store.sql.DeadLetterReading.Place;
import dev.pawl.ejb.store.sql.DeadLetterRows;
import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.query.DeadLetterQueries;
import dev.pawl.engine.query.KeysetCursor;
import dev.pawl.engine.query.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Dead letters in the database. */
public final class SqlDeadLetters implements DeadLetters, DeadLetterQueries {

    private static final int PARTS = 3;

    private final CurrentConnection connection;

    public SqlDeadLetters(CurrentConnection connection) {
        this.connection = connection;
    }

    @Override
    public int replay(Selection selection, int max, Instant now) {
        return connection.call("replay dead letters", current -> DeadLetterRows.replay(current, selection, max, now));
    }

    @Override
    public Page<DeadLetterView> list(Selection selection, Optional<String> cursor, int limit) {
        Optional<Place> after = cursor.map(SqlDeadLetters::place);
        List<Listed> found = connection.call(
                "list dead letters", current -> DeadLetterReading.list(current, selection, after, limit + 1));
        List<Listed> shown = found.subList(0, Math.min(limit, found.size()));
        boolean more = found.size() > limit && !shown.isEmpty();
        return new Page<>(
                shown.stream().map(Listed::view).toList(),
                more ? cursor(shown.get(shown.size() - 1).place()) : null);
    }

    private static String cursor(Place place) {
        return new KeysetCursor(place.buriedAt(), place.run() + " " + place.sequence() + " " + place.listener())
                .encoded();
    }

    private static Place place(String cursor) {
        KeysetCursor place = KeysetCursor.decode(cursor);
        String[] parts = place.id().split(" ", PARTS);
        try {
            if (parts.length == PARTS) {
                return new Place(place.at(), parts[0], Long.parseLong(parts[1]), parts[2]);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The cursor is not one of dead letters", e);
        }
        throw new IllegalArgumentException("The cursor is not one of dead letters");
    }
}
