package dev.pawl.engine.handler;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Gives open steps to a worker and gathers what it needs to execute them. */
final class LeaseStep {

    /** Entries; a longer journal is read by its worker, so that this transaction does not take long. */
    private static final int SHORT_JOURNAL = 20;

    /** Outputs of the group before, by run: the steps of a group share them. */
    private final Map<RunId, Map<String, Payload>> known = new HashMap<>();

    private final Map<RunId, List<Checkpoint>> journals = new HashMap<>();

    private final UnitOfWork work;
    private final String owner;
    private final Duration leaseFor;

    LeaseStep(UnitOfWork work, String owner, Duration leaseFor) {
        this.work = work;
        this.owner = owner;
        this.leaseFor = leaseFor;
    }

    /** The step of this run to do next, if one is due. */
    Optional<StepState> due(Run run) {
        if (run.state().paused()) {
            return Optional.empty();
        }
        return run.steps().stream().filter(step -> step.isDue(work.now())).findFirst();
    }

    /** To start it, or, where it waits for work elsewhere, to ask whether that has ended. */
    Assignment lease(Definition definition, Run run, StepState step) {
        return assign(definition, run, step, run.lease(step.id(), newLease(), work.now()));
    }

    /** To start it, though it may wait for work it started before. */
    Assignment leaseToStart(Definition definition, Run run, StepState step) {
        return assign(definition, run, step, run.leaseToStart(step.id(), newLease(), work.now()));
    }

    private Lease newLease() {
        return new Lease(work.ports().ids().nextShort(), owner, work.now().plus(leaseFor));
    }

    private Assignment assign(Definition definition, Run run, StepState step, StepState leased) {
        if (step.startedAt() == null && step.kind() != StepKind.CODE) {
            work.record(run, EventType.STAGE_STARTED, Map.of("stage", step.id(), "attempt", leased.attempt()));
        }
        return new Assignment(
                run,
                step.id(),
                leased.attempt(),
                Objects.requireNonNull(leased.lease()),
                request(run),
                previous(definition, run, step),
                journal(run));
    }

    /** Loads in one go what those runs need that have a step to do. */
    void prepare(List<Run> runs) {
        List<Run> due = runs.stream().filter(run -> due(run).isPresent()).toList();
        List<RunId> missing =
                due.stream().filter(run -> run.request().isEmpty()).map(Run::id).toList();
        work.ports().runs().requests(missing).forEach((id, request) -> work.run(id)
                .attach(request));
        journals.putAll(work.ports()
                .journals()
                .readShort(
                        due.stream()
                                .filter(run -> run.steps().stream().anyMatch(step -> step.kind() == StepKind.CODE))
                                .map(Run::id)
                                .toList(),
                        SHORT_JOURNAL));
    }

    /** With what was recorded in this transaction and is not in the store yet. */
    private Optional<List<Checkpoint>> journal(Run run) {
        List<Checkpoint> stored = journals.get(run.id());
        if (stored == null) {
            return Optional.empty();
        }
        Map<Integer, Checkpoint> entries = new TreeMap<>();
        stored.forEach(entry -> entries.put(entry.ordinal(), entry));
        run.checkpoints().forEach(entry -> entries.put(entry.ordinal(), entry));
        return Optional.of(List.copyOf(entries.values()));
    }

    private RunRequest request(Run run) {
        if (run.request().isEmpty()) {
            Map<RunId, RunRequest> loaded = work.ports().runs().requests(List.of(run.id()));
            run.attach(Optional.ofNullable(loaded.get(run.id()))
                    .orElseThrow(() -> new IllegalStateException("Run " + run.id() + " has no request in the store")));
        }
        return run.request().orElseThrow();
    }

    private Map<String, Payload> previous(Definition definition, Run run, StepState step) {
        List<String> ids = definition.inputsOf(step);
        if (ids.isEmpty()) {
            return Map.of();
        }
        return known.computeIfAbsent(run.id(), id -> {
            Map<String, Payload> outputs = reportedHere(run, ids);
            if (!outputs.keySet().containsAll(ids)) {
                work.ports().runs().outputs(id, ids).forEach(outputs::putIfAbsent);
            }
            return outputs;
        });
    }

    /** What was reported in this transaction is not in the store yet. */
    private static Map<String, Payload> reportedHere(Run run, List<String> stepIds) {
        Map<String, Payload> outputs = new LinkedHashMap<>();
        for (StepState step : run.changedSteps()) {
            if (step.output() != null && stepIds.contains(step.id())) {
                outputs.put(step.id(), step.output());
            }
        }
        return outputs;
    }
}
