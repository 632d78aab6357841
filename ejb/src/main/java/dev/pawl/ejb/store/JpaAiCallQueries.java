package dev.pawl.ejb.store;

import dev.pawl.ejb.store.record.AiCallRecord;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.AiCallFilter;
import dev.pawl.engine.query.AiCallQueries;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.engine.query.AiStatistics;
import dev.pawl.engine.query.KeysetCursor;
import dev.pawl.engine.query.Page;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads calls of models by JPA. */
public final class JpaAiCallQueries implements AiCallQueries {

    private static final String CALLS = "select c from AiCallRecord c where c.runId = :run";
    private static final String AFTER = " and c.calledAt >= :time and (c.calledAt > :time or c.id > :id)";
    private static final String IN_ORDER = " order by c.calledAt, c.id";

    private static final String SUMS = "count(c.id),"
            + " sum(case when c.status = dev.pawl.engine.model.AiCall.Status.FAILED"
            + " or c.status = dev.pawl.engine.model.AiCall.Status.INVALID then 1 else 0 end),"
            + " sum(case when c.status = dev.pawl.engine.model.AiCall.Status.SUBMITTED then 1 else 0 end),"
            + " sum(c.inputTokens), sum(c.outputTokens), sum(c.cost)";

    private static final String BY_GROUP = " group by c.topic, c.model order by sum(c.cost) desc, c.topic, c.model";

    /** The last character before those that databases sort in different ways. */
    private static final char LAST_OF_ONE_ORDER = '\uD7FE';

    private final Supplier<EntityManager> entityManager;

    public JpaAiCallQueries(Supplier<EntityManager> entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public Page<AiCallView> calls(RunId run, Optional<String> cursor, int limit) {
        Optional<KeysetCursor> after = cursor.map(KeysetCursor::decode);
        TypedQuery<AiCallRecord> query = entityManager
                .get()
                .createQuery(CALLS + (after.isPresent() ? AFTER : "") + IN_ORDER, AiCallRecord.class)
                .setHint("eclipselink.maintain-cache", "false")
                .setParameter("run", run.value());
        after.ifPresent(place -> query.setParameter("time", place.at()).setParameter("id", place.id()));
        List<AiCallRecord> found = query.setMaxResults(limit + 1).getResultList();
        List<AiCallRecord> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() <= limit || shown.isEmpty()
                ? null
                : new KeysetCursor(
                                shown.get(shown.size() - 1).calledAt(),
                                shown.get(shown.size() - 1).id())
                        .encoded();
        return new Page<>(shown.stream().map(row -> AiCallView.of(row.call())).toList(), next);
    }

    @Override
    public AiStatistics statistics(AiCallFilter filter, int limit) {
        Selection selection = new Selection(filter);
        List<AiStatistics.Group> groups = selection
                .query("select c.topic, c.model, " + SUMS, BY_GROUP)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> {
                    AiStatistics.Sum sum = sum(row, 2);
                    return new AiStatistics.Group(
                            (String) row[0],
                            (String) row[1],
                            sum.calls(),
                            sum.failed(),
                            sum.submitted(),
                            sum.inputTokens(),
                            sum.outputTokens(),
                            sum.cost());
                })
                .toList();
        return new AiStatistics(
                groups, sum(selection.query("select " + SUMS, "").getSingleResult(), 0));
    }

    private static AiStatistics.Sum sum(Object[] row, int first) {
        return new AiStatistics.Sum(
                number(row[first]),
                number(row[first + 1]),
                number(row[first + 2]),
                number(row[first + 3]),
                number(row[first + 4]),
                row[first + 5] instanceof BigDecimal cost ? AiCallView.plain(cost) : BigDecimal.ZERO);
    }

    /** Of no rows there is no sum. */
    private static long number(@Nullable Object sum) {
        return sum instanceof Number number ? number.longValue() : 0;
    }

    /** The condition of a filter as JPQL with its parameters. */
    private final class Selection {
        private final StringBuilder condition = new StringBuilder();
        private final Map<String, Object> parameters = new LinkedHashMap<>();

        Selection(AiCallFilter filter) {
            and("c.tenant = :tenant", "tenant", filter.tenant());
            String topic = filter.topic();
            if (topic != null && !topic.isEmpty()) {
                prefix(topic);
            }
            and("c.model = :model", "model", filter.model());
            and("c.calledAt >= :begin", "begin", filter.from());
            and("c.calledAt < :end", "end", filter.to());
        }

        /** The range is what an index serves; the pattern is exact. */
        private void prefix(String topic) {
            String pattern = topic.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
            and("c.topic like :pattern escape '!'", "pattern", pattern);
            int last = topic.length() - 1;
            if (topic.charAt(last) <= LAST_OF_ONE_ORDER) {
                and("c.topic >= :topic", "topic", topic);
                and("c.topic < :topicEnd", "topicEnd", topic.substring(0, last) + (char) (topic.charAt(last) + 1));
            }
        }

        private void and(String part, String parameter, @Nullable Object value) {
            if (value != null) {
                condition.append(condition.isEmpty() ? " where " : " and ").append(part);
                parameters.put(parameter, value);
            }
        }

        TypedQuery<Object[]> query(String select, String end) {
            TypedQuery<Object[]> query =
                    entityManager.get().createQuery(select + " from AiCallRecord c" + condition + end, Object[].class);
            parameters.forEach(query::setParameter);
            return query;
        }
    }
}
