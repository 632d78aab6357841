package dev.pawl.testkit.memory;

import dev.pawl.engine.model.Arrival;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.WaitStore;
import dev.pawl.testkit.memory.Rows.EventKey;
import dev.pawl.testkit.memory.Rows.KeptEvent;
import dev.pawl.testkit.memory.Rows.StoredWait;
import dev.pawl.testkit.memory.Rows.WaitKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits and kept events in memory. */
final class InMemoryWaitStore implements WaitStore {

    private final Transactions transactions;
    private final Rows rows;
    private final Clock clock;

    InMemoryWaitStore(Transactions transactions, Rows rows, Clock clock) {
        this.transactions = transactions;
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    public void lock(Set<Channel> publications, Set<Channel> registrations) {
        Set<Channel> channels = new TreeSet<>(registrations);
        publications.forEach(channel -> channels.addAll(List.of(channel, channel.ofAny())));
        channels.forEach(channel -> transactions.lock("channel\n" + channel));
    }

    @Override
    public int publish(List<PublishedEvent> events, BiPredicate<OpenWait, PublishedEvent> fits, Instant now) {
        events.stream()
                .map(InMemoryWaitStore::key)
                .sorted(Comparator.comparing(EventKey::toString))
                .forEach(transactions::lock);
        int taken = 0;
        for (PublishedEvent event : events) {
            if (rows.inbox.get(key(event)).isEmpty()) {
                List<WaitKey> takers = takers(event, fits, now);
                rows.inbox.put(key(event), new KeptEvent(event, clock.now(), rows.nextArrival(), takers.isEmpty()));
                takers.forEach(taker -> change(taker, row -> row.arrived(rows.nextArrival(), event.data(), null)));
                taken += takers.size();
            }
        }
        return taken;
    }

    private static EventKey key(PublishedEvent event) {
        return new EventKey(event.tenant(), event.key());
    }

    private List<WaitKey> takers(PublishedEvent event, BiPredicate<OpenWait, PublishedEvent> fits, Instant now) {
        return open().filter(row -> row.getValue().open() != null)
                .filter(row -> isFor(row.getValue().open(), event, now))
                .filter(row -> !row.getValue().open().isFiltered()
                        || fits.test(row.getValue().open(), event))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isFor(OpenWait wait, PublishedEvent event, Instant now) {
        Channel channel = wait.channel();
        boolean isOpen = wait.until() == null || wait.until().isAfter(now);
        return isOpen
                && (channel.equals(event.channel())
                        || channel.equals(event.channel().ofAny()));
    }

    private Stream<Map.Entry<WaitKey, StoredWait>> open() {
        return transactions.statement(() -> rows.waits.rows()).entrySet().stream()
                .filter(row -> row.getValue().arrival() == 0 && !row.getValue().isOrphan());
    }

    private void change(WaitKey key, java.util.function.UnaryOperator<StoredWait> change) {
        transactions.lock(key);
        rows.waits.get(key).ifPresent(row -> rows.waits.put(key, change.apply(row)));
    }

    @Override
    public Optional<PublishedEvent> take(Channel channel, Predicate<PublishedEvent> fits) {
        List<KeptEvent> kept = transactions.statement(() -> rows.inbox.rows().values().stream()
                .filter(KeptEvent::isKept)
                .filter(event -> isOf(event.event(), channel))
                .sorted(Comparator.comparing(KeptEvent::arrival))
                .toList());
        for (KeptEvent one : kept) {
            EventKey key = key(one.event());
            if (fits.test(one.event())) {
                transactions.lock(key);
                Optional<KeptEvent> still = rows.inbox.get(key).filter(KeptEvent::isKept);
                if (still.isPresent()) {
                    rows.inbox.put(key, still.get().taken());
                    return Optional.of(one.event());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(PublishedEvent event, Channel channel) {
        return event.tenant().equals(channel.tenant())
                && event.name().equals(channel.event())
                && (channel.correlation().equals(Awaited.ANY)
                        || event.correlation().equals(channel.correlation()));
    }

    @Override
    public void open(Collection<OpenWait> waits) {
        waits.forEach(wait ->
                rows.waits.put(new WaitKey(wait.run(), wait.ordinal(), wait.place()), StoredWait.forEvent(wait)));
    }

    @Override
    public void openChild(RunId run, int ordinal, RunId child, boolean cancelWithParent) {
        rows.waits.put(new WaitKey(run, ordinal, 0), StoredWait.forChild(child, cancelWithParent));
    }

    @Override
    public void childEnded(RunId child, @Nullable Payload output, @Nullable Failure failure, Instant now) {
        List<WaitKey> told = open().filter(row -> child.equals(row.getValue().child()))
                .map(Map.Entry::getKey)
                .toList();
        told.forEach(key -> change(key, row -> row.arrived(rows.nextArrival(), output, failure)));
    }

    @Override
    public List<Ready> ready(int max) {
        return transactions.statement(() -> rows.waits.rows().entrySet().stream()
                .filter(row -> row.getValue().arrival() != 0 || row.getValue().isOrphan())
                .sorted(Comparator.comparing(row -> row.getValue().arrival()))
                .map(row -> new Ready(
                        row.getKey().run(),
                        row.getValue().isOrphan()
                                ? Optional.ofNullable(row.getValue().child())
                                : Optional.empty()))
                .distinct()
                .limit(max)
                .toList());
    }

    @Override
    public List<Arrival> arrivals(Collection<RunId> runs) {
        Set<RunId> wanted = Set.copyOf(runs);
        return transactions.statement(() -> rows.waits.rows().entrySet().stream()
                .filter(row -> wanted.contains(row.getKey().run()))
                .filter(row -> row.getValue().arrival() != 0 && !row.getValue().isOrphan())
                .sorted(Comparator.comparing(row -> row.getValue().arrival()))
                .map(row -> new Arrival(
                        row.getKey().run(),
                        row.getKey().ordinal(),
                        row.getKey().place(),
                        row.getValue().data(),
                        row.getValue().failure()))
                .toList());
    }

    @Override
    public void close(Map<RunId, ? extends Set<Integer>> checkpoints) {
        close(key ->
                checkpoints.containsKey(key.run()) && checkpoints.get(key.run()).contains(key.ordinal()));
    }

    @Override
    public void closeAll(Collection<RunId> runs) {
        Set<RunId> ended = Set.copyOf(runs);
        close(key -> ended.contains(key.run()));
    }

    private void close(Predicate<WaitKey> which) {
        rows.waits.rows().forEach((key, row) -> {
            boolean orphaned = row.cancelWithParent() && row.arrival() == 0;
            if (which.test(key) && orphaned) {
                rows.waits.put(key, row.orphaned());
            } else if (which.test(key) && !row.isOrphan()) {
                rows.waits.remove(key);
            }
        });
    }

    @Override
    public void delivered(Collection<Arrival> arrivals) {
        arrivals.forEach(arrival -> rows.waits.remove(new WaitKey(arrival.run(), arrival.ordinal(), arrival.place())));
    }

    @Override
    public void adopted(Collection<RunId> orphans) {
        Set<RunId> seen = Set.copyOf(orphans);
        rows.waits.rows().forEach((key, row) -> {
            if (row.isOrphan() && row.child() != null && seen.contains(row.child())) {
                rows.waits.remove(key);
            }
        });
    }
}
