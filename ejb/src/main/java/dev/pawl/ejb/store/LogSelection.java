package dev.pawl.ejb.store;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.KeysetCursor;
import dev.pawl.engine.query.LogFilter;
import jakarta.persistence.TypedQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of a run's log as JPQL with its parameters. */
final class LogSelection {

    private final StringBuilder query = new StringBuilder("select l from LogRecord l where l.runId = :run");
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    LogSelection(RunId run, LogFilter filter, Optional<KeysetCursor> after) {
        parameters.put("run", run.value());
        and("l.level in :levels", "levels", filter.levels().isEmpty() ? null : filter.levels());
        and("l.stepId = :stage", "stage", filter.stage());
        and("l.loggedAt >= :begin", "begin", filter.from());
        after.ifPresent(place -> {
            and("l.loggedAt >= :time and (l.loggedAt > :time or l.id > :id)", "time", place.at());
            parameters.put("id", number(place));
        });
        query.append(" order by l.loggedAt, l.id");
    }

    private void and(String part, String parameter, @Nullable Object value) {
        if (value != null) {
            query.append(" and ").append(part);
            parameters.put(parameter, value);
        }
    }

    private static long number(KeysetCursor place) {
        try {
            return Long.parseLong(place.id());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The cursor is not one of a log", e);
        }
    }

    String query() {
        return query.toString();
    }

    <T> TypedQuery<T> bind(TypedQuery<T> typed) {
        parameters.forEach(typed::setParameter);
        return typed;
    }
}
