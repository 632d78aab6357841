package dev.pawl.testkit.memory;

import dev.pawl.engine.live.EventFeed;
import dev.pawl.engine.live.FeedEntry;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.port.EventOutbox;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The histories of runs in memory, as they were appended to. */
final class InMemoryEventFeed implements EventFeed {

    private final Transactions transactions;
    private final Rows rows;

    InMemoryEventFeed(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public char letter() {
        return 'r';
    }

    @Override
    public long end() {
        return transactions.statement(rows.feed::rows).keySet().stream()
                .reduce((first, second) -> second)
                .orElse(0L);
    }

    @Override
    public List<Long> positions(long after, long upTo) {
        return transactions.statement(rows.feed::rows).keySet().stream()
                .filter(position -> position > after && position <= upTo)
                .toList();
    }

    @Override
    public List<FeedEntry> read(long after, long upTo, int max) {
        return transactions.statement(() -> rows.feed.rows().entrySet().stream()
                .filter(row -> row.getKey() > after && row.getKey() <= upTo)
                .limit(max)
                .map(this::entry)
                .flatMap(Optional::stream)
                .toList());
    }

    @Override
    public List<FeedEntry> at(Collection<Long> positions) {
        Set<Long> wanted = Set.copyOf(positions);
        return transactions.statement(() -> rows.feed.rows().entrySet().stream()
                .filter(row -> wanted.contains(row.getKey()))
                .map(this::entry)
                .flatMap(Optional::stream)
                .toList());
    }

    private Optional<FeedEntry> entry(Map.Entry<Long, EntryKey> row) {
        EntryKey key = row.getValue();
        return rows.runs.get(key.run()).map(run -> {
            RunHeader header = run.header();
            return new FeedEntry(
                    letter(),
                    row.getKey(),
                    new EventOutbox.Entry(
                            key.run(),
                            header.tenant(),
                            header.workflowId(),
                            header.correlationId(),
                            key.firstSequence(),
                            0,
                            rows.history.get(key).orElseThrow()));
        });
    }
}
