package dev.pawl.testkit.memory;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.query.FlowEvent;
import dev.pawl.engine.query.FlowQueries;
import dev.pawl.engine.query.KeysetCursor;
import dev.pawl.engine.query.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Flows of runs in memory; entity commands record nothing here. */
final class InMemoryFlowQueries implements FlowQueries {

    private record Placed(Instant at, String place, FlowEvent event) {}

    private final Transactions transactions;
    private final Rows rows;

    InMemoryFlowQueries(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public Page<FlowEvent> events(
            String tenant, String correlationId, Optional<String> type, Optional<String> cursor, int limit) {
        Optional<KeysetCursor> after = cursor.map(KeysetCursor::decode);
        Comparator<Placed> order = Comparator.comparing(Placed::at).thenComparing(Placed::place);
        List<Placed> found = transactions.statement(() -> rows.runs.rows().values().stream()
                .map(Rows.StoredRun::header)
                .filter(header -> header.tenant().equals(tenant))
                .filter(header -> header.correlationId().equals(correlationId))
                .flatMap(this::ofRun)
                .filter(placed ->
                        type.isEmpty() || type.get().equals(placed.event().type()))
                .sorted(order)
                .filter(placed -> after.isEmpty()
                        || placed.at().isAfter(after.get().at())
                        || placed.at().equals(after.get().at())
                                && placed.place().compareTo(after.get().id()) > 0)
                .limit(limit + 1L)
                .toList());
        List<Placed> shown = found.subList(0, Math.min(limit, found.size()));
        boolean more = found.size() > limit && !shown.isEmpty();
        Placed last = more ? shown.get(shown.size() - 1) : null;
        return new Page<>(
                shown.stream().map(Placed::event).toList(),
                last == null ? null : new KeysetCursor(last.at(), last.place()).encoded());
    }

    private Stream<Placed> ofRun(RunHeader header) {
        return rows
                .history
                .rowsBetween(new EntryKey(header.id(), 0), new EntryKey(header.id(), Long.MAX_VALUE))
                .values()
                .stream()
                .flatMap(events -> events.stream().map(event -> placed(header, events, event)));
    }

    private static Placed placed(RunHeader header, List<RunEvent> together, RunEvent event) {
        String run = header.id().value();
        return new Placed(
                together.get(together.size() - 1).occurredAt(),
                "%s %019d".formatted(run, event.sequence()),
                new FlowEvent(
                        run + ":" + event.sequence(),
                        run,
                        event.sequence(),
                        event.type(),
                        event.occurredAt(),
                        header.tenant(),
                        header.correlationId(),
                        event.causationId(),
                        JsonCodec.parse(event.payload()),
                        header.workflowId(),
                        header.parent() == null ? null : header.parent().value(),
                        Optional.empty()));
    }
}
