package dev.pawl.testkit.memory;

import dev.pawl.engine.model.DeliveryKey;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.query.DeadLetterQueries;
import dev.pawl.engine.query.KeysetCursor;
import dev.pawl.engine.query.Page;
import dev.pawl.testkit.memory.Rows.Buried;
import dev.pawl.testkit.memory.Rows.DeadKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dead letters in memory. */
final class InMemoryDeadLetters implements DeadLetters, DeadLetterQueries {

    private static final Object REPLAY = "duty:replay";

    private static final Comparator<Map.Entry<DeadKey, Buried>> BY_AGE = Comparator.comparing(
                    (Map.Entry<DeadKey, Buried> row) -> row.getValue().at())
            .thenComparing(row -> row.getKey().run())
            .thenComparing(row -> row.getKey().sequence())
            .thenComparing(row -> row.getKey().listener());

    private final Transactions transactions;
    private final Rows rows;

    InMemoryDeadLetters(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public int replay(Selection selection, int max, Instant now) {
        transactions.lock(REPLAY);
        List<Map.Entry<DeadKey, Buried>> oldest = transactions.statement(
                () -> selected(selection).stream().limit(max).toList());
        oldest.forEach(row -> rows.deadLetters.remove(row.getKey()));
        rows.addSlipInFront(oldest.stream()
                .map(Map.Entry::getKey)
                .filter(key -> key.listener().isEmpty())
                .map(key -> new EntryKey(key.run(), key.sequence()))
                .toList());
        oldest.stream()
                .filter(row -> !row.getKey().listener().isEmpty())
                .forEach(row -> putBack(row.getKey(), row.getValue(), now));
        return oldest.size();
    }

    private void putBack(DeadKey key, Buried row, Instant now) {
        rows.deliveries.put(
                new DeliveryKey(key.listener(), key.run(), key.sequence()),
                new Rows.Pending(row.firstSequence(), now, 0, Optional.empty()));
    }

    @Override
    public Page<DeadLetterView> list(Selection selection, Optional<String> cursor, int limit) {
        Optional<KeysetCursor> after = cursor.map(KeysetCursor::decode);
        List<Map.Entry<DeadKey, Buried>> found = transactions.statement(() -> selected(selection).stream()
                .filter(row -> after.isEmpty()
                        || row.getValue().at().isAfter(after.get().at())
                        || row.getValue().at().equals(after.get().at())
                                && place(row.getKey()).compareTo(after.get().id()) > 0)
                .limit(limit + 1L)
                .toList());
        List<Map.Entry<DeadKey, Buried>> shown = found.subList(0, Math.min(limit, found.size()));
        boolean more = found.size() > limit && !shown.isEmpty();
        return new Page<>(
                transactions.statement(() -> shown.stream().map(this::view).toList()),
                more
                        ? new KeysetCursor(
                                        shown.get(shown.size() - 1).getValue().at(),
                                        place(shown.get(shown.size() - 1).getKey()))
                                .encoded()
                        : null);
    }

    private static String place(DeadKey key) {
        return "%s %019d %s".formatted(key.run(), key.sequence(), key.listener());
    }

    private List<Map.Entry<DeadKey, Buried>> selected(Selection selection) {
        return rows.deadLetters.rows().entrySet().stream()
                .filter(row -> fits(row.getKey(), selection))
                .sorted(BY_AGE)
                .toList();
    }

    private boolean fits(DeadKey key, Selection selection) {
        RunHeader header = rows.runs.get(key.run()).orElseThrow().header();
        return header.tenant().equals(selection.tenant())
                && (selection.run() == null || selection.run().equals(key.run()))
                && (selection.workflowId() == null || selection.workflowId().equals(header.workflowId()))
                && (selection.listener() == null || selection.listener().equals(key.listener()));
    }

    private DeadLetterView view(Map.Entry<DeadKey, Buried> row) {
        DeadKey key = row.getKey();
        Buried buried = row.getValue();
        RunHeader header = rows.runs.get(key.run()).orElseThrow().header();
        List<RunEvent> events = rows.history
                .get(new EntryKey(key.run(), buried.firstSequence()))
                .orElseThrow();
        boolean ofSink = key.listener().isEmpty();
        return new DeadLetterView(
                ofSink ? null : key.listener(),
                key.run().value(),
                header.workflowId(),
                null,
                null,
                header.correlationId(),
                key.sequence(),
                events.stream()
                        .filter(event -> ofSink || event.sequence() == key.sequence())
                        .map(RunEvent::type)
                        .toList(),
                buried.attempts(),
                buried.reason(),
                buried.at());
    }
}
