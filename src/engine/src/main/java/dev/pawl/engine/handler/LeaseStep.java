package dev.pawl.engine.handler;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.interpret.StageDefinition;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives open steps to a worker and gathers what it needs to execute them. */
final class LeaseStep {

    /** Outputs of the group before, by run: the steps of a group share them. */
    private final Map<RunId, Map<String, Payload>> known = new HashMap<>();

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
        return run.steps().stream()
                .filter(step -> step.status() == StepStatus.PENDING)
                .filter(step -> step.dueAt() == null || !step.dueAt().isAfter(work.now()))
                .findFirst();
    }

    Assignment lease(Definition definition, Run run, StepState step) {
        Lease lease = new Lease(work.ports().ids().next(), owner, work.now().plus(leaseFor));
        boolean first = step.startedAt() == null;
        StepState leased = run.lease(step.id(), lease, work.now());
        if (first) {
            work.record(run, EventType.STAGE_STARTED, Map.of("stage", step.id(), "attempt", leased.attempt()));
        }
        return new Assignment(
                run,
                step.id(),
                leased.attempt(),
                lease,
                request(run),
                previous((PipelineDefinition) definition, run, step));
    }

    private RunRequest request(Run run) {
        if (run.request().isEmpty()) {
            Map<RunId, RunRequest> loaded = work.ports().runs().requests(List.of(run.id()));
            run.attach(Optional.ofNullable(loaded.get(run.id()))
                    .orElseThrow(() -> new IllegalStateException("Run " + run.id() + " has no request in the store")));
        }
        return run.request().orElseThrow();
    }

    private Map<String, Payload> previous(PipelineDefinition definition, Run run, StepState step) {
        if (step.group() == 0) {
            return Map.of();
        }
        return known.computeIfAbsent(run.id(), id -> {
            List<String> ids = definition.groups().get(step.group() - 1).stages().stream()
                    .map(StageDefinition::id)
                    .toList();
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
