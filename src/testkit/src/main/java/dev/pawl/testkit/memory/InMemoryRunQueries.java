package dev.pawl.testkit.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.port.RunLog;
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
import dev.pawl.testkit.memory.Rows.StoredRun;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the in-memory database. */
final class InMemoryRunQueries implements RunQueries {

    private static final Comparator<KeysetCursor> ORDER =
            Comparator.comparing(KeysetCursor::at).thenComparing(KeysetCursor::id);

    private final Transactions transactions;
    private final Rows rows;
    private final RunProjection projection;

    InMemoryRunQueries(Transactions transactions, Rows rows, RunProjection projection) {
        this.transactions = transactions;
        this.rows = rows;
        this.projection = projection;
    }

    @Override
    public Optional<RunView> find(String tenant, RunId run) {
        return transactions.statement(() -> rows.runs
                .get(run)
                .filter(row -> row.header().tenant().equals(tenant))
                .map(row -> projection.whole(
                        row.header(),
                        row.state(),
                        row.request(),
                        rows.stepsOf(run),
                        rows.journalOf(run).stream().filter(Checkpoint::isOpen).toList())));
    }

    @Override
    public boolean has(String tenant, RunId run) {
        return transactions.statement(() -> rows.runs
                .get(run)
                .filter(row -> row.header().tenant().equals(tenant))
                .isPresent());
    }

    @Override
    public Page<RunView> list(RunFilter filter, Optional<String> cursor, int limit) {
        Optional<KeysetCursor> after = cursor.map(KeysetCursor::decode);
        List<StoredRun> found = transactions.statement(() -> rows.runs.rows().values().stream()
                .filter(run -> fits(run, filter))
                .filter(run -> after.isEmpty() || ORDER.compare(place(run), after.get()) < 0)
                .sorted(Comparator.comparing(InMemoryRunQueries::place, ORDER).reversed())
                .limit(limit + 1L)
                .toList());
        return page(found, limit, run -> projection.summary(run.header(), run.state()), run -> place(run)
                .encoded());
    }

    @Override
    public Page<EventView> events(RunId run, long after, int limit) {
        List<RunEvent> found = transactions.statement(() ->
                rows.history.rowsBetween(new EntryKey(run, 0), new EntryKey(run, Long.MAX_VALUE)).values().stream()
                        .flatMap(List::stream)
                        .filter(event -> event.sequence() > after)
                        .limit(limit + 1L)
                        .toList());
        return page(
                found,
                limit,
                event -> new EventView(
                        event.sequence(),
                        event.type(),
                        event.occurredAt(),
                        event.causationId(),
                        JsonCodec.parse(event.payload())),
                event -> String.valueOf(event.sequence()));
    }

    @Override
    public Page<LogView> logs(RunId run, LogFilter filter, Optional<String> cursor, int limit) {
        Optional<KeysetCursor> after = cursor.map(KeysetCursor::decode);
        List<Map.Entry<KeysetCursor, RunLog.Line>> found =
                transactions.statement(() -> rows.log.rows().entrySet().stream()
                        .filter(row -> row.getValue().run().equals(run))
                        .filter(row -> filter.wants(
                                row.getValue().level(),
                                row.getValue().stepId(),
                                row.getValue().at()))
                        .map(row -> Map.entry(
                                new KeysetCursor(row.getValue().at(), "%019d".formatted(row.getKey())), row.getValue()))
                        .filter(row -> after.isEmpty() || ORDER.compare(row.getKey(), after.get()) > 0)
                        .sorted(Map.Entry.comparingByKey(ORDER))
                        .limit(limit + 1L)
                        .toList());
        return page(found, limit, row -> view(row.getKey().id(), row.getValue()), row -> row.getKey()
                .encoded());
    }

    @Override
    public Map<RunId, Long> newestLines(Collection<RunId> runs, Instant from) {
        Map<RunId, Long> newest = new LinkedHashMap<>();
        transactions.statement(rows.log::rows).forEach((number, line) -> {
            if (runs.contains(line.run()) && !line.at().isBefore(from)) {
                newest.merge(line.run(), number, Math::max);
            }
        });
        return newest;
    }

    @Override
    public Page<StepView> steps(RunId run, int after, int limit) {
        List<StepView> found = transactions.statement(() -> rows.journalOf(run)).stream()
                .filter(entry -> entry.ordinal() > after)
                .flatMap(entry -> projection.step(entry).stream())
                .limit(limit + 1L)
                .toList();
        return page(found, limit, Function.identity(), step -> String.valueOf(step.ordinal()));
    }

    @Override
    public Optional<JsonNode> value(RunId run, String name) {
        return transactions.statement(() -> rows.journalOf(run)).stream()
                .filter(entry ->
                        entry.kind() == CheckpointKind.VALUE && entry.name().equals(name))
                .findFirst()
                .flatMap(projection::value);
    }

    @Override
    public Map<RunId, RunStatus> statuses(Collection<RunId> runs) {
        Map<RunId, RunStatus> found = new LinkedHashMap<>();
        transactions.statement(() -> {
            runs.forEach(id ->
                    rows.runs.get(id).ifPresent(run -> found.put(id, run.state().status())));
            return found;
        });
        return found;
    }

    private static LogView view(String id, RunLog.Line line) {
        return new LogView(
                id,
                line.at(),
                line.level(),
                line.stepId(),
                line.attempt(),
                line.message(),
                JsonCodec.parse(line.metadata()));
    }

    private static <R, T> Page<T> page(List<R> found, int limit, Function<R, T> view, Function<R, String> cursor) {
        List<R> shown = found.subList(0, Math.min(limit, found.size()));
        boolean more = found.size() > limit && !shown.isEmpty();
        return new Page<>(shown.stream().map(view).toList(), more ? cursor.apply(shown.get(shown.size() - 1)) : null);
    }

    private static KeysetCursor place(StoredRun run) {
        return new KeysetCursor(run.header().createdAt(), run.header().id().value());
    }

    private static boolean fits(StoredRun run, RunFilter filter) {
        var header = run.header();
        return header.tenant().equals(filter.tenant())
                && (filter.workflowId() == null || header.workflowId().equals(filter.workflowId()))
                && (filter.statuses().isEmpty()
                        || filter.statuses().contains(run.state().status()))
                && (filter.correlationId() == null || header.correlationId().equals(filter.correlationId()))
                && (filter.from() == null || !header.createdAt().isBefore(filter.from()))
                && (filter.to() == null || header.createdAt().isBefore(filter.to()))
                && (filter.text() == null
                        || Stream.of(header.id().value(), header.workflowId(), header.correlationId())
                                .anyMatch(text -> text.contains(filter.text())));
    }
}
