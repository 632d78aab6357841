package dev.pawl.engine.work.code;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is recorded of a run, as this process knows it. The entries of a branch are added by that branch alone, so they
 * stand in the order of its calls.
 */
final class Journal {

    private final Map<Integer, Checkpoint> byOrdinal = new ConcurrentSkipListMap<>();
    private final Map<String, List<Integer>> branches = new ConcurrentHashMap<>();
    private final Map<Integer, Boolean> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> values = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean cancelRequested;
    private volatile int generation = 1;
    private volatile Optional<Instant> begun = Optional.empty();

    static Journal of(Collection<Checkpoint> recorded) {
        Journal journal = new Journal();
        recorded.forEach(journal::add);
        return journal;
    }

    boolean isEmpty() {
        return byOrdinal.isEmpty();
    }

    /** Counted from 1. */
    int generation() {
        return generation;
    }

    /** When a run that continued as new began anew. */
    Optional<Instant> begun() {
        return begun;
    }

    boolean isCancelRequested() {
        return cancelRequested;
    }

    void cancel() {
        cancelRequested = true;
    }

    int nextOrdinal() {
        return next.getAndIncrement();
    }

    /** Adds an entry, or replaces the one with its ordinal. */
    void add(Checkpoint entry) {
        if (entry.ordinal() == Checkpoint.CANCEL_ORDINAL) {
            cancel();
            return;
        }
        boolean isAwaited = entry.kind() == CheckpointKind.WAIT || entry.kind() == CheckpointKind.CHILD;
        if (isAwaited && entry.isOpen()) {
            open.put(entry.ordinal(), true);
        } else if (isAwaited) {
            open.remove(entry.ordinal());
        }
        next.updateAndGet(before -> Math.max(before, entry.ordinal() + 1));
        boolean known = byOrdinal.put(entry.ordinal(), entry) != null;
        if (entry.kind() == CheckpointKind.CONTINUED) {
            generation = entry.occurrence();
            begun = Optional.of(entry.startedAt());
        } else if (entry.kind() == CheckpointKind.VALUE) {
            values.put(entry.name(), entry.ordinal());
        } else if (!known) {
            branches.computeIfAbsent(entry.branch(), branch -> new ArrayList<>())
                    .add(entry.ordinal());
        }
    }

    int size(String branch) {
        return branches.getOrDefault(branch, List.of()).size();
    }

    /** The entry at a place of a branch, as it is now. */
    Checkpoint at(String branch, int position) {
        return get(branches.getOrDefault(branch, List.of()).get(position));
    }

    Checkpoint get(int ordinal) {
        Checkpoint entry = byOrdinal.get(ordinal);
        if (entry == null) {
            throw new IllegalStateException("The journal has no entry " + ordinal);
        }
        return entry;
    }

    /** The entry that holds the value with this name. */
    Optional<Checkpoint> value(String name) {
        return Optional.ofNullable(values.get(name)).map(this::get);
    }

    /** Ordinals of what others may close: waits and children that have not ended; and of the wish to cancel, once known. */
    Set<Integer> awaited() {
        Set<Integer> awaited = new TreeSet<>(open.keySet());
        if (cancelRequested) {
            awaited.add(Checkpoint.CANCEL_ORDINAL);
        }
        return awaited;
    }

    /** Open entries of the branches below this path. */
    List<Checkpoint> openBelow(String path) {
        return byOrdinal.values().stream()
                .filter(Checkpoint::isOpen)
                .filter(entry -> entry.branch().startsWith(path + "/"))
                .toList();
    }

    /** Names of all branches with entries. */
    Set<String> branches() {
        return Set.copyOf(branches.keySet());
    }
}
