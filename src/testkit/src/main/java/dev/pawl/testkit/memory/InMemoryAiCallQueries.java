package dev.pawl.testkit.memory;

import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.AiCallFilter;
import dev.pawl.engine.query.AiCallQueries;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.engine.query.AiStatistics;
import dev.pawl.engine.query.AiStatistics.Group;
import dev.pawl.engine.query.AiStatistics.Sum;
import dev.pawl.engine.query.KeysetCursor;
import dev.pawl.engine.query.Page;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads calls of models in memory. */
final class InMemoryAiCallQueries implements AiCallQueries {

    private static final Comparator<AiCall> IN_ORDER =
            Comparator.comparing(AiCall::at).thenComparing(AiCall::id);

    private static final Comparator<Group> DEAREST_FIRST = Comparator.comparing(Group::cost)
            .reversed()
            .thenComparing(Group::topic)
            .thenComparing(Group::model);

    private record Key(String topic, String model) {}

    private final Transactions transactions;
    private final Rows rows;

    InMemoryAiCallQueries(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public Page<AiCallView> calls(RunId run, Optional<String> cursor, int limit) {
        Optional<KeysetCursor> after = cursor.map(KeysetCursor::decode);
        List<AiCall> found = all(call -> call.run().equals(run)
                && after.map(place -> isBehind(call, place)).orElse(true));
        List<AiCall> shown = found.subList(0, Math.min(limit, found.size()));
        @Nullable AiCall last = found.size() <= limit || shown.isEmpty() ? null : shown.get(shown.size() - 1);
        return new Page<>(
                shown.stream().map(AiCallView::of).toList(),
                last == null ? null : new KeysetCursor(last.at(), last.id()).encoded());
    }

    private static boolean isBehind(AiCall call, KeysetCursor place) {
        int byTime = call.at().compareTo(place.at());
        return byTime > 0 || byTime == 0 && call.id().compareTo(place.id()) > 0;
    }

    @Override
    public AiStatistics statistics(AiCallFilter filter, int limit) {
        List<AiCall> found = all(call -> fits(call, filter));
        List<Group> groups = found.stream()
                .collect(Collectors.groupingBy(call -> new Key(call.topic(), call.model())))
                .entrySet()
                .stream()
                .map(entry -> group(entry.getKey(), sum(entry.getValue())))
                .sorted(DEAREST_FIRST)
                .limit(limit)
                .toList();
        return new AiStatistics(groups, sum(found));
    }

    private List<AiCall> all(Predicate<AiCall> wanted) {
        return transactions.statement(() -> rows.aiCalls.rows().values().stream()
                .filter(wanted)
                .sorted(IN_ORDER)
                .toList());
    }

    private static boolean fits(AiCall call, AiCallFilter filter) {
        return call.tenant().equals(filter.tenant())
                && (filter.topic() == null || call.topic().startsWith(filter.topic()))
                && (filter.model() == null || call.model().equals(filter.model()))
                && (filter.from() == null || !call.at().isBefore(filter.from()))
                && (filter.to() == null || call.at().isBefore(filter.to()));
    }

    private static Group group(Key key, Sum sum) {
        return new Group(
                key.topic(),
                key.model(),
                sum.calls(),
                sum.failed(),
                sum.submitted(),
                sum.inputTokens(),
                sum.outputTokens(),
                sum.cost());
    }

    private static Sum sum(List<AiCall> calls) {
        return new Sum(
                calls.size(),
                calls.stream().filter(call -> call.status().isFailure()).count(),
                calls.stream()
                        .filter(call -> call.status() == AiCall.Status.SUBMITTED)
                        .count(),
                calls.stream().mapToLong(AiCall::inputTokens).sum(),
                calls.stream().mapToLong(AiCall::outputTokens).sum(),
                AiCallView.plain(calls.stream().map(AiCall::cost).reduce(BigDecimal.ZERO, BigDecimal::add)));
    }
}
