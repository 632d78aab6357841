package dev.pawl.ejb.store;

import dev.pawl.engine.query.KeysetCursor;
import dev.pawl.engine.query.RunFilter;
import jakarta.persistence.TypedQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The condition of a list of runs as JPQL with its parameters; {@code r} is the run. */
final class RunSelection {

    private final StringBuilder condition = new StringBuilder();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    RunSelection(RunFilter filter, Optional<KeysetCursor> after) {
        and("r.tenant = :tenant", "tenant", filter.tenant());
        and("r.workflowId = :workflow", "workflow", filter.workflowId());
        and("r.status in :statuses", "statuses", filter.statuses().isEmpty() ? null : filter.statuses());
        // most runs are their own correlation: those are found by id, the others by an index that holds no more
        and(
                "((r.correlationId = :correlation and r.correlationId <> r.id)"
                        + " or (r.id = :correlation and r.correlationId = :correlation))",
                "correlation",
                filter.correlationId());
        and("r.createdAt >= :begin", "begin", filter.from());
        and("r.createdAt < :end", "end", filter.to());
        and(
                "(r.id like :text escape '!' or r.workflowId like :text escape '!'"
                        + " or r.correlationId like :text escape '!')",
                "text",
                filter.text() == null ? null : "%" + escaped(filter.text()) + "%");
        after.ifPresent(place -> {
            and("r.createdAt <= :placeTime and (r.createdAt < :placeTime or r.id < :placeId)", "placeTime", place.at());
            parameters.put("placeId", place.id());
        });
    }

    private void and(String part, String parameter, @Nullable Object value) {
        if (value != null) {
            condition.append(condition.isEmpty() ? " where " : " and ").append(part);
            parameters.put(parameter, value);
        }
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    String condition() {
        return condition.toString();
    }

    <T> TypedQuery<T> bind(TypedQuery<T> query) {
        parameters.forEach(query::setParameter);
        return query;
    }
}
