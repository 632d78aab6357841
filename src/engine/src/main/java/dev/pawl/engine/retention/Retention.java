package dev.pawl.engine.retention;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.Aged;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.NewTransaction;
import dev.pawl.engine.port.RetentionStore;
import dev.pawl.engine.port.RetentionStore.OldRun;
import dev.pawl.engine.port.RetentionStore.Page;
import dev.pawl.engine.port.RetentionStore.Place;
import dev.pawl.engine.port.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is older than its age, in portions of one short transaction each. Of all servers one removes at a time;
 * a portion locks nothing but finished runs that it is about to remove.
 *
 * <p>Runs are walked through in order of creation. The walk ends at the first run that is too young, and the next one begins
 * anew, so that each meets once what stays: open runs, and those that others still need.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** Runs looked at in one transaction: more than are removed, because most of them may stay. */
    private static final int LOOKS = 1_000;

    /** Rows removed from one table in one transaction, unless a single run has more. */
    private static final int MOST_ROWS = 5_000;

    /**
     * What one transaction did.
     *
     * @param next where the walk through the runs goes on
     */
    private record Portion(Purged purged, boolean isLast, Optional<Place> next) {
        static final Portion NONE = new Portion(Purged.NOTHING, true, Optional.empty());
    }

    private final RetentionStore store;
    private final List<Attached> attached;
    private final List<Aged> aged;
    private final NewTransaction transactions;
    private final Clock clock;
    private final Ages ages;
    private final int batch;

    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean open = true;
    private volatile Place place = Place.FIRST;

    /**
     * Retention over a store.
     *
     * @param attached what goes with a run
     * @param aged what else is kept for an age
     * @param batch runs removed in one transaction at most
     */
    public Retention(
            RetentionStore store,
            List<Attached> attached,
            List<Aged> aged,
            NewTransaction transactions,
            Clock clock,
            Ages ages,
            int batch) {
        this.store = store;
        this.attached = List.copyOf(attached);
        this.aged = List.copyOf(aged);
        this.transactions = transactions;
        this.clock = clock;
        this.ages = ages;
        this.batch = batch;
    }

    /** Removes all that is old now. Rests after each transaction for as long as that took, so that others get on. */
    public Purged sweep() {
        Purged purged = purge(portion -> true, nanos -> LockSupport.parkNanos(nanos));
        if (purged.runs() > 0 || purged.others() > 0) {
            LOG.info(
                    "{} runs and {} other things were older than their retention and are gone",
                    purged.runs(),
                    purged.others());
        }
        return purged;
    }

    /** Removes some of what is old, with no more than this many transactions for each kind; the next call goes on. */
    public Purged purge(int portions) {
        return purge(portion -> portion < portions, nanos -> {});
    }

    /** Removes what is old for about this long; the next call goes on. */
    public Purged purge(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        return purge(portion -> System.nanoTime() - end < 0, nanos -> {});
    }

    /** Begins no further transaction. */
    public void close() {
        open = false;
    }

    private interface Rest {
        void after(long nanos);
    }

    private Purged purge(IntPredicate goOn, Rest rest) {
        if (!busy.compareAndSet(false, true)) {
            return Purged.NOTHING;
        }
        try {
            // runs last, because dead letters and the keys of other commands keep none of them then
            Purged letters = repeat(this::deadLetters, goOn, rest);
            Purged keys = repeat(this::keys, goOn, rest);
            Purged events = repeat(this::events, goOn, rest);
            Purged others = others(goOn, rest);
            Purged runs = repeat(this::runs, goOn, rest);
            boolean more = letters.more() || keys.more() || events.more() || others.more() || runs.more();
            return letters.plus(keys).plus(events).plus(others).plus(runs).withMore(more);
        } finally {
            busy.set(false);
        }
    }

    private Purged repeat(Supplier<Portion> portion, IntPredicate goOn, Rest rest) {
        Purged all = Purged.NOTHING;
        boolean more = true;
        for (int i = 0; more && open && goOn.test(i); i++) {
            long begin = System.nanoTime();
            Portion done = transactions.call(portion);
            done.next().ifPresent(next -> place = next);
            all = all.plus(done.purged());
            more = !done.isLast();
            if (more) {
                rest.after(System.nanoTime() - begin);
            }
        }
        return all.withMore(more);
    }

    /** One kind that cannot be removed does not keep the others. */
    private Purged others(IntPredicate goOn, Rest rest) {
        Purged all = Purged.NOTHING;
        boolean more = false;
        for (Aged kind : aged) {
            try {
                Purged removed = repeat(() -> others(kind), goOn, rest);
                all = all.plus(removed);
                more |= removed.more();
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warn("Old {} could not be removed; the next round tries again", kind.what(), e);
            }
        }
        return all.withMore(more);
    }

    private Portion others(Aged kind) {
        return some(
                kind.age().filter(age -> !age.isZero()),
                before -> kind.remove(before, MOST_ROWS),
                count -> new Purged(0, 0, 0, 0, count, false));
    }

    private Portion deadLetters() {
        return some(
                ages.deadLetters(),
                before -> store.removeDeadLetters(before, MOST_ROWS),
                count -> new Purged(0, 0, count, 0, 0, false));
    }

    private Portion keys() {
        return some(
                ages.keys(),
                before -> store.removeKeys(before, MOST_ROWS),
                count -> new Purged(0, count, 0, 0, 0, false));
    }

    private Portion events() {
        return some(
                ages.events(),
                before -> store.removeEvents(before, MOST_ROWS),
                count -> new Purged(0, 0, 0, 0, count, false));
    }

    private Portion some(Optional<Duration> age, Function<Instant, Integer> remove, Function<Integer, Purged> counted) {
        if (age.isEmpty() || !store.takeDuty()) {
            return Portion.NONE;
        }
        int count = remove.apply(clock.now().minus(age.get()));
        return new Portion(counted.apply(count), count < MOST_ROWS, Optional.empty());
    }

    private Portion runs() {
        Instant now = clock.now();
        Optional<Instant> before = ages.createdBefore(now);
        if (before.isEmpty() || !store.takeDuty()) {
            return Portion.NONE;
        }
        Page page = store.look(place, before.get(), LOOKS);
        List<OldRun> seen = upToBatch(page.runs(), now);
        List<OldRun> old = seen.stream().filter(run -> isOver(run, now)).toList();
        int lines = removeLogLines(seen, now);
        List<RunId> locked = store.lock(old);
        if (!removeAttached(locked) || lines == MOST_ROWS) {
            return new Portion(new Purged(0, 0, 0, lines, 0, false), false, Optional.of(place));
        }
        store.remove(locked);
        Optional<Place> next = seen.size() == page.runs().size()
                ? page.next()
                : Optional.of(seen.get(seen.size() - 1).place());
        return new Portion(
                new Purged(locked.size(), 0, 0, lines, 0, false),
                next.isEmpty(),
                Optional.of(next.orElse(Place.FIRST)));
    }

    /** The runs up to the last one that still fits into this transaction. */
    private List<OldRun> upToBatch(List<OldRun> runs, Instant now) {
        List<OldRun> seen = new ArrayList<>();
        int count = 0;
        long rows = 0;
        for (OldRun run : runs) {
            if (isOver(run, now)) {
                count++;
                rows += run.lastSequence();
                if (count > 1 && (count > batch || rows > MOST_ROWS)) {
                    return seen;
                }
            }
            seen.add(run);
        }
        return seen;
    }

    private boolean isOver(OldRun run, Instant now) {
        return !run.isNeeded() && ages.isOver(run, now);
    }

    private int removeLogLines(List<OldRun> runs, Instant now) {
        if (ages.logs().isEmpty() || runs.isEmpty()) {
            return 0;
        }
        List<RunId> ids = runs.stream().map(OldRun::id).toList();
        return store.removeLogLines(ids, now.minus(ages.logs().get()), MOST_ROWS);
    }

    /** Answers whether nothing attached is left; a run with very much of it goes in several transactions. */
    private boolean removeAttached(List<RunId> runs) {
        boolean whole = true;
        if (!runs.isEmpty()) {
            for (Attached kind : attached) {
                whole &= kind.remove(runs, MOST_ROWS) < MOST_ROWS;
            }
        }
        return whole;
    }
}
