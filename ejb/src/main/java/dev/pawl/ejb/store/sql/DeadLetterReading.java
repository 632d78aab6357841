package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.port.DeadLetters.Selection;
import dev.pawl.engine.query.DeadLetterQueries.DeadLetterView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads dead letters with what they are about, oldest first. */
public final class DeadLetterReading {

    private static final String SELECT = "select d.listener, d.run_id, d.sequence, d.attempts, d.reason, d.buried_at,"
            + " r.workflow_id, r.correlation_id, c.events, c.first_sequence, c.occurred_at, c.causation_id,"
            + " e.correlation_id, e.name, e.entity, e.instance_id from (select * from pawl_dead_letter d"
            + " where d.tenant = ?%s order by d.buried_at, d.run_id, d.sequence, d.listener limit ?) d"
            + " left join pawl_run r on r.id = d.run_id"
            + " left join pawl_event_chunk c on c.run_id = d.run_id and c.first_sequence = d.first_sequence"
            + " left join pawl_entity_event e on e.stream = d.run_id and e.sequence = d.sequence"
            + " order by d.buried_at, d.run_id, d.sequence, d.listener";

    private static final String AFTER = " and (d.buried_at, d.run_id, d.sequence, d.listener) > (?, ?, ?, ?)";

    private static final int FIRST_OF_INSTANCE = 13;

    /** The place of a letter in the list. */
    public record Place(Instant buriedAt, String run, long sequence, String listener) {}

    /** A letter and its place. */
    public record Listed(Place place, DeadLetterView view) {}

    private DeadLetterReading() {}

    public static List<Listed> list(Connection connection, Selection selection, Optional<Place> after, int limit)
            throws SQLException {
        String condition = DeadLetterSelection.condition(selection) + (after.isPresent() ? AFTER : "");
        List<Listed> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT.formatted(condition))) {
            Parameters parameters = Parameters.of(statement).text(selection.tenant());
            DeadLetterSelection.bind(selection, parameters);
            if (after.isPresent()) {
                Place place = after.get();
                parameters
                        .time(place.buriedAt())
                        .text(place.run())
                        .number(place.sequence())
                        .text(place.listener());
            }
            parameters.number(limit);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    found.add(listed(result));
                }
            }
        }
        return found;
    }

    private static Listed listed(ResultSet result) throws SQLException {
        Row row = new Row(result);
        String listener = row.text();
        String run = row.text();
        long sequence = row.number();
        int attempts = row.integer();
        String reason = row.text();
        Instant buriedAt = row.time();
        @Nullable String workflow = row.textOrNull();
        @Nullable String correlation = row.textOrNull();
        Row entity = new Row(result, FIRST_OF_INSTANCE);
        @Nullable String entityCorrelation = entity.textOrNull();
        @Nullable String name = entity.textOrNull();
        List<String> types = workflow == null
                ? Optional.ofNullable(name).map(List::of).orElseGet(List::of)
                : types(row, listener.isEmpty(), sequence);
        return new Listed(
                new Place(buriedAt, run, sequence, listener),
                new DeadLetterView(
                        listener.isEmpty() ? null : listener,
                        workflow == null ? null : run,
                        workflow,
                        entity.textOrNull(),
                        entity.textOrNull(),
                        Optional.ofNullable(correlation)
                                .or(() -> Optional.ofNullable(entityCorrelation))
                                .orElse(""),
                        sequence,
                        types,
                        attempts,
                        reason,
                        buriedAt));
    }

    /** That its events cannot be read may be what made it a dead letter: then none are named. */
    private static List<String> types(Row row, boolean all, long sequence) throws SQLException {
        String text = row.textOrNull();
        if (text == null) {
            return List.of();
        }
        long first = row.number();
        Instant occurredAt = row.time();
        String cause = row.text();
        return EventText.readable(text, first, occurredAt, cause).stream()
                .filter(event -> all || event.sequence() == sequence)
                .map(RunEvent::type)
                .toList();
    }
}
