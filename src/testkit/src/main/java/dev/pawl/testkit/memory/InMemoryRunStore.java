package dev.pawl.testkit.memory;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.port.RunStore;
import dev.pawl.engine.port.StaleRunException;
import dev.pawl.testkit.memory.Rows.Place;
import dev.pawl.testkit.memory.Rows.StoredRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Runs in memory. */
final class InMemoryRunStore implements RunStore {

    private static final Comparator<StoredRun> BY_PRIORITY_AND_CREATION = Comparator.comparing(
                    (StoredRun run) -> -run.header().priority())
            .thenComparing(run -> run.header().createdAt())
            .thenComparing(run -> run.header().id());

    private final Transactions transactions;
    private final Rows rows;

    InMemoryRunStore(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public Map<RunId, Run> lock(Collection<RunId> ids) {
        Map<RunId, Run> locked = new LinkedHashMap<>();
        for (RunId id : new TreeSet<>(ids)) {
            transactions.lock(id);
            transactions.statement(() -> rows.runs.get(id)).ifPresent(run -> locked.put(id, load(run, false)));
        }
        return locked;
    }

    @Override
    public List<Run> lockPending(int max) {
        return pick(
                max,
                run -> run.state().status() == RunStatus.PENDING
                        && !run.state().paused()
                        && !run.state().isHeld(),
                true);
    }

    @Override
    public List<Run> lockDue(int max, Instant now) {
        List<Run> picked = new ArrayList<>();
        int left = max;
        for (Run run : pick(max, run -> isActive(run) && !run.state().paused() && has(run, isDue(now)), false)) {
            if (left > 0) {
                picked.add(run);
                left -= (int) run.steps().stream().filter(isDue(now)).count();
            }
        }
        return picked;
    }

    @Override
    public List<Run> lockStuck(int max) {
        return pick(
                max,
                run -> isActive(run)
                        && !has(
                                run,
                                step -> step.dueAt() != null
                                        || step.lease() != null
                                        || step.kind() != StepKind.STAGE && step.status() == StepStatus.SUSPENDED),
                false);
    }

    @Override
    public List<Run> lockParked(int max) {
        return pick(max, run -> isActive(run) && has(run, StepState::isParked), false);
    }

    @Override
    public List<StepState> steps(RunId run) {
        return transactions.statement(() -> rows.stepsOf(run));
    }

    @Override
    public void dropSteps(RunId run, int fromGroup) {
        steps(run).stream()
                .filter(step -> step.group() >= fromGroup)
                .forEach(step -> rows.steps.remove(new StepKey(run, step.id())));
    }

    @Override
    public void discard(Collection<String> blobKeys) {
        blobKeys.forEach(key -> rows.discarded.put(key, key));
    }

    @Override
    public List<String> discarded(int max) {
        return transactions.statement(
                () -> rows.discarded.rows().keySet().stream().limit(max).toList());
    }

    @Override
    public void forget(Collection<String> blobKeys) {
        blobKeys.forEach(rows.discarded::remove);
    }

    @Override
    public List<Run> lockExpired(int max, Instant now) {
        return pick(
                max,
                run -> isActive(run)
                        && has(
                                run,
                                step -> step.lease() != null
                                        && step.lease().until().isBefore(now)),
                false);
    }

    @Override
    public List<Run> lockLeftBehind(int max, String node, String currentOwner) {
        return pick(max, run -> isActive(run) && has(run, isLeftBehind(node, currentOwner)), false);
    }

    @Override
    public void save(Collection<Run> runs) {
        for (Run run : runs.stream().sorted(Comparator.comparing(Run::id)).toList()) {
            transactions.lock(run.id());
            Optional<StoredRun> stored = rows.runs.get(run.id());
            if (run.isNew() && stored.isPresent()) {
                throw new StaleRunException(run.id(), 0);
            }
            if (run.isChanged() && !run.isNew()) {
                stored.filter(row -> row.state().version() == run.loadedVersion())
                        .orElseThrow(() -> new StaleRunException(run.id(), run.loadedVersion()));
            }
        }
        List<Long> recorded = runs.stream()
                .filter(Run::isChanged)
                .map(this::write)
                .flatMap(Optional::stream)
                .toList();
        if (!recorded.isEmpty()) {
            rows.addSlip(recorded);
        }
    }

    /** Answers the position of what the run recorded. */
    private Optional<Long> write(Run run) {
        RunRequest request = run.isNew() || run.isRequestChanged()
                ? run.request().orElseThrow()
                : rows.runs.get(run.id()).orElseThrow().request();
        rows.runs.put(run.id(), new StoredRun(run.header(), run.state(), request));
        for (StepState step : run.changedSteps()) {
            StepKey key = new StepKey(run.id(), step.id());
            rows.steps.put(key, withLeaseNoShorterThan(rows.steps.get(key), step));
        }
        run.checkpoints().forEach(entry -> rows.checkpoints.put(new Place(run.id(), entry.ordinal()), entry));
        List<RunEvent> recorded = run.recorded();
        if (recorded.isEmpty()) {
            return Optional.empty();
        }
        EntryKey entry = new EntryKey(run.id(), recorded.get(0).sequence());
        long position = rows.lastPosition.incrementAndGet();
        rows.history.put(entry, recorded);
        rows.feed.put(position, entry);
        return Optional.of(position);
    }

    @Override
    public Map<RunId, RunRequest> requests(Collection<RunId> ids) {
        Map<RunId, RunRequest> found = new LinkedHashMap<>();
        ids.forEach(id -> rows.runs.get(id).ifPresent(run -> found.put(id, run.request())));
        return found;
    }

    @Override
    public Map<String, Payload> outputs(RunId run, Collection<String> stepIds) {
        Map<String, Payload> found = outputs(run);
        found.keySet().retainAll(Set.copyOf(stepIds));
        return found;
    }

    @Override
    public Map<String, Payload> outputs(RunId run) {
        Map<String, Payload> found = new LinkedHashMap<>();
        for (StepState step : transactions.statement(() -> rows.stepsOf(run))) {
            if (step.status() == StepStatus.COMPLETED && step.output() != null) {
                found.put(step.id(), step.output());
            }
        }
        return found;
    }

    @Override
    public Set<StepKey> extendLeases(String owner, Instant until) {
        Map<StepKey, StepState> held =
                new TreeMap<>(Comparator.comparing(StepKey::run).thenComparing(StepKey::stepId));
        transactions.statement(rows.steps::rows).forEach((key, step) -> {
            if (isHeldBy(step, owner)) {
                held.put(key, step);
            }
        });
        Set<StepKey> extended = new HashSet<>();
        for (StepKey key : held.keySet()) {
            transactions.lock(key.run());
            rows.steps.get(key).filter(step -> isHeldBy(step, owner)).ifPresent(step -> {
                rows.steps.put(key, step.leasedUntil(until));
                extended.add(key);
            });
        }
        return extended;
    }

    /** A heartbeat may have extended the lease after the run was loaded. */
    private static StepState withLeaseNoShorterThan(Optional<StepState> stored, StepState step) {
        Lease lease = step.lease();
        Lease before = stored.map(StepState::lease).orElse(null);
        boolean extended = lease != null
                && before != null
                && lease.token().equals(before.token())
                && before.until().isAfter(lease.until());
        return extended ? step.leasedUntil(before.until()) : step;
    }

    private static boolean isHeldBy(StepState step, String owner) {
        return step.lease() != null && step.lease().owner().equals(owner);
    }

    private List<Run> pick(int max, Predicate<StoredRun> wanted, boolean withRequest) {
        List<StoredRun> candidates = transactions.statement(() -> rows.runs.rows().values().stream()
                .filter(wanted)
                .sorted(BY_PRIORITY_AND_CREATION)
                .toList());
        List<Run> picked = new ArrayList<>();
        for (StoredRun candidate : candidates) {
            if (picked.size() < max && transactions.tryLock(candidate.header().id())) {
                transactions
                        .statement(() -> rows.runs.get(candidate.header().id()))
                        .filter(wanted)
                        .ifPresent(run -> picked.add(load(run, withRequest)));
            }
        }
        return picked;
    }

    private Run load(StoredRun run, boolean withRequest) {
        List<StepState> current = rows.stepsOf(run.header().id()).stream()
                .filter(step -> step.group() == run.state().group())
                .toList();
        return Run.load(run.header(), run.state(), current, withRequest ? run.request() : null);
    }

    private boolean has(StoredRun run, Predicate<StepState> wanted) {
        return rows.stepsOf(run.header().id()).stream()
                .anyMatch(step -> step.group() == run.state().group() && wanted.test(step));
    }

    private static boolean isActive(StoredRun run) {
        return run.state().status().isActive();
    }

    private static Predicate<StepState> isDue(Instant now) {
        return step -> step.isDue(now);
    }

    private static Predicate<StepState> isLeftBehind(String node, String currentOwner) {
        return step -> step.lease() != null
                && step.lease().owner().startsWith(node + "#")
                && !step.lease().owner().equals(currentOwner);
    }
}
