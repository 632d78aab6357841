package dev.pawl.ejb.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.ejb.store.record.CheckpointRecord;
import dev.pawl.ejb.store.record.EventChunkRecord;
import dev.pawl.ejb.store.record.LogRecord;
import dev.pawl.ejb.store.record.RunRecord;
import dev.pawl.ejb.store.record.StepRecord;
import dev.pawl.ejb.store.sql.EventText;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.KeysetCursor;
import dev.pawl.engine.query.LogFilter;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunProjection;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.StepView;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads runs by JPA. Lists go on after a place in the index, never by counting what was shown. */
public final class JpaRunQueries implements RunQueries {

    private static final String RUN = "select r from RunRecord r where r.id = :id and r.tenant = :tenant";

    /** One row at least, because the run is there; its version tells whether the steps belong to what was read before. */
    private static final String HAS = "select count(r) from RunRecord r where r.id = :id and r.tenant = :tenant";

    private static final String STEPS = "select r.version, s from RunRecord r left join StepRecord s on s.runId = r.id"
            + " where r.id = :id order by s.group, s.ordinal";

    private static final String CHUNKS =
            "select c from EventChunkRecord c where c.runId = :run and c.lastSequence > :after"
                    + " order by c.firstSequence";

    private static final String NEWEST_LINES = "select l.runId, max(l.id) from LogRecord l where l.runId in :runs"
            + " and l.loggedAt >= :begin group by l.runId";

    private static final String OPEN_CHECKPOINTS = "select c from CheckpointRecord c where c.runId = :run"
            + " and c.status in (dev.pawl.engine.model.StepStatus.PENDING, dev.pawl.engine.model.StepStatus.SUSPENDED)"
            + " order by c.ordinal";

    private static final String CHECKPOINTS =
            "select c from CheckpointRecord c where c.runId = :run and c.ordinal > :after order by c.ordinal";

    private static final String VALUES = "select c from CheckpointRecord c where c.runId = :run and c.name = :name"
            + " and c.kind = dev.pawl.engine.model.CheckpointKind.VALUE order by c.ordinal desc";

    private static final String STATUSES = "select r.id, r.status from RunRecord r where r.id in :ids";

    private static final int READS = 3;

    private final Supplier<EntityManager> entityManager;
    private final RunProjection projection;

    public JpaRunQueries(Supplier<EntityManager> entityManager, RunProjection projection) {
        this.entityManager = entityManager;
        this.projection = projection;
    }

    /** Run and steps are two reads; a run that changed in between is read again, so that both tell of one moment. */
    @Override
    public Optional<RunView> find(String tenant, RunId run) {
        EntityManager reader = entityManager.get();
        for (int attempt = 1; ; attempt++) {
            Optional<RunRecord> found = record(reader, tenant, run);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            RunRecord record = found.get();
            List<Object[]> rows = uncached(reader.createQuery(STEPS, Object[].class))
                    .setParameter("id", run.value())
                    .getResultList();
            if (attempt == READS
                    || rows.stream()
                            .allMatch(row -> (Long) row[0] == record.state().version())) {
                List<StepState> steps = steps(rows);
                return Optional.of(projection.whole(
                        record.header(),
                        record.state(),
                        record.request(),
                        steps,
                        steps.stream().anyMatch(RunProjection::isSuspendedCode) ? open(reader, run) : List.of()));
            }
        }
    }

    private static List<StepState> steps(List<Object[]> rows) {
        return rows.stream()
                .map(row -> (StepRecord) row[1])
                .filter(Objects::nonNull)
                .map(StepRecord::state)
                .toList();
    }

    @Override
    public boolean has(String tenant, RunId run) {
        return entityManager
                        .get()
                        .createQuery(HAS, Long.class)
                        .setParameter("id", run.value())
                        .setParameter("tenant", tenant)
                        .getSingleResult()
                > 0;
    }

    private static Optional<RunRecord> record(EntityManager reader, String tenant, RunId run) {
        return uncached(reader.createQuery(RUN, RunRecord.class))
                .setParameter("id", run.value())
                .setParameter("tenant", tenant)
                .getResultStream()
                .findFirst();
    }

    /** Outside a transaction a persistence context lives as long as the request, and would answer what it saw before. */
    private static <T> TypedQuery<T> uncached(TypedQuery<T> query) {
        return query.setHint("eclipselink.maintain-cache", "false");
    }

    @Override
    public Page<RunView> list(RunFilter filter, Optional<String> cursor, int limit) {
        RunSelection selection = new RunSelection(filter, cursor.map(KeysetCursor::decode));
        String order = " order by r.createdAt desc, r.id desc";
        List<RunSummary> found = selection
                .bind(entityManager
                        .get()
                        .createQuery(RunSummary.SELECT + selection.condition() + order, Object[].class))
                .setMaxResults(limit + 1)
                .getResultStream()
                .map(RunSummary::of)
                .toList();
        return page(found, limit, run -> projection.summary(run.header(), run.state()), run -> new KeysetCursor(
                        run.header().createdAt(), run.header().id().value())
                .encoded());
    }

    @Override
    public Page<EventView> events(RunId run, long after, int limit) {
        List<EventView> found = new ArrayList<>();
        // every chunk read holds at least one event wanted
        uncached(entityManager.get().createQuery(CHUNKS, EventChunkRecord.class))
                .setParameter("run", run.value())
                .setParameter("after", after)
                .setMaxResults(limit + 1)
                .getResultStream()
                .flatMap(chunk ->
                        EventText.read(chunk.events(), chunk.firstSequence(), chunk.occurredAt(), chunk.causationId())
                                .stream())
                .filter(event -> event.sequence() > after)
                .limit(limit + 1L)
                .map(JpaRunQueries::view)
                .forEach(found::add);
        return page(found, limit, Function.identity(), event -> String.valueOf(event.sequence()));
    }

    private static EventView view(RunEvent event) {
        return new EventView(
                event.sequence(),
                event.type(),
                event.occurredAt(),
                event.causationId(),
                JsonCodec.parse(event.payload()));
    }

    @Override
    public Page<LogView> logs(RunId run, LogFilter filter, Optional<String> cursor, int limit) {
        LogSelection selection = new LogSelection(run, filter, cursor.map(KeysetCursor::decode));
        return page(
                selection
                        .bind(uncached(entityManager.get().createQuery(selection.query(), LogRecord.class)))
                        .setMaxResults(limit + 1)
                        .getResultList(),
                limit,
                line -> new LogView(
                        String.valueOf(line.id()),
                        line.loggedAt(),
                        line.level(),
                        line.stepId(),
                        line.attempt(),
                        line.message(),
                        JsonCodec.parse(line.metadata())),
                line -> new KeysetCursor(line.loggedAt(), String.valueOf(line.id())).encoded());
    }

    @Override
    public Map<RunId, Long> newestLines(Collection<RunId> runs, Instant from) {
        Map<RunId, Long> newest = new LinkedHashMap<>();
        if (!runs.isEmpty()) {
            entityManager
                    .get()
                    .createQuery(NEWEST_LINES, Object[].class)
                    .setParameter("runs", runs.stream().map(RunId::value).toList())
                    .setParameter("begin", from)
                    .getResultStream()
                    .forEach(row -> newest.put(new RunId((String) row[0]), (Long) row[1]));
        }
        return newest;
    }

    private static List<Checkpoint> open(EntityManager reader, RunId run) {
        return uncached(reader.createQuery(OPEN_CHECKPOINTS, CheckpointRecord.class))
                .setParameter("run", run.value())
                .getResultStream()
                .map(CheckpointRecord::entry)
                .toList();
    }

    @Override
    public Page<StepView> steps(RunId run, int after, int limit) {
        List<StepView> found = new ArrayList<>();
        int last = after;
        List<CheckpointRecord> read;
        do {
            read = uncached(entityManager.get().createQuery(CHECKPOINTS, CheckpointRecord.class))
                    .setParameter("run", run.value())
                    .setParameter("after", last)
                    .setMaxResults(limit + 1)
                    .getResultList();
            for (CheckpointRecord row : read) {
                Checkpoint entry = row.entry();
                last = entry.ordinal();
                projection.step(entry).ifPresent(found::add);
            }
        } while (found.size() <= limit && read.size() > limit);
        return page(found, limit, Function.identity(), step -> String.valueOf(step.ordinal()));
    }

    @Override
    public Optional<JsonNode> value(RunId run, String name) {
        return uncached(entityManager.get().createQuery(VALUES, CheckpointRecord.class))
                .setParameter("run", run.value())
                .setParameter("name", name)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .flatMap(row -> projection.value(row.entry()));
    }

    @Override
    public Map<RunId, RunStatus> statuses(Collection<RunId> runs) {
        Map<RunId, RunStatus> statuses = new LinkedHashMap<>();
        if (!runs.isEmpty()) {
            entityManager
                    .get()
                    .createQuery(STATUSES, Object[].class)
                    .setParameter("ids", runs.stream().map(RunId::value).toList())
                    .getResultStream()
                    .forEach(row -> statuses.put(new RunId((String) row[0]), (RunStatus) row[1]));
        }
        return statuses;
    }

    private static <R, T> Page<T> page(List<R> found, int limit, Function<R, T> view, Function<R, String> cursor) {
        List<R> shown = found.subList(0, Math.min(limit, found.size()));
        boolean more = found.size() > limit && !shown.isEmpty();
        return new Page<>(shown.stream().map(view).toList(), more ? cursor.apply(shown.get(shown.size() - 1)) : null);
    }
}
