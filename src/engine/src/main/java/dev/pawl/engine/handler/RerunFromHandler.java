package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.CodeDefinition;
import dev.pawl.engine.interpret.Decision;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StoredArtifact;
import dev.pawl.engine.model.Suspension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Begins a finished run once more at a stage that was executed before. */
final class RerunFromHandler implements Handler<RerunFrom, RerunFrom.Rerun> {

    private final Definitions definitions;

    RerunFromHandler(Definitions definitions) {
        this.definitions = definitions;
    }

    @Override
    public RerunFrom.Rerun handle(RerunFrom command, UnitOfWork work) {
        Run run = work.runOfCaller(command.runId());
        refuseUnlessEnded(run, command);
        Definition definition = definitionOf(run);
        List<StepState> steps = work.ports().runs().steps(run.id());
        Decision.Open open = definition
                .restart(command.fromStageId(), work.now())
                .orElseThrow(() -> refused(
                        RefusalCode.STAGE_NOT_FOUND,
                        "Workflow '" + definition.id() + "' has no stage '" + command.fromStageId()
                                + "' to rerun from"));
        refuseUnlessExecuted(run, command.fromStageId(), steps);
        edit(run, command, definition, open, work);
        List<StepState> dropped =
                steps.stream().filter(step -> step.group() >= open.group()).toList();
        int attempts = dropped.stream().mapToInt(StepState::attempt).max().orElse(0);
        work.ports().runs().dropSteps(run.id(), open.group());
        work.ports().runs().discard(blobsOf(dropped));
        dropArtifacts(run, dropped, work);
        run.rerun(open.group(), open.steps(), attempts, costOf(steps, open.group()));
        if (definition instanceof CodeDefinition) {
            CloseJournal.beginAnew(run, work);
        }
        takePlaceAgain(run, definition, work);
        record(run, command, open.group(), attempts + 1, work);
        return new RerunFrom.Rerun(
                run.id(),
                command.fromStageId(),
                attempts + 1,
                dropped.stream().map(StepState::id).toList());
    }

    private static void takePlaceAgain(Run run, Definition definition, UnitOfWork work) {
        if (run.state().hold() != null) {
            RunRequest request = run.request()
                    .orElseGet(() -> Objects.requireNonNull(
                            work.ports().runs().requests(List.of(run.id())).get(run.id())));
            JsonNode input = JsonCodec.parse(work.ports().payloads().read(request.input()));
            StartLimits.heldAgain(run, definition, input, work);
        }
    }

    private static void refuseUnlessEnded(Run run, RerunFrom command) {
        if (!run.status().isFinished()) {
            throw refused(
                    RefusalCode.RUN_NOT_FINISHED,
                    "Run " + run.id() + " is " + run.status() + "; only a finished run can be rerun. Cancel it first.");
        }
        if (run.status() == RunStatus.CANCELLED && !command.allowCancelled()) {
            throw refused(
                    RefusalCode.RUN_CANCELLED,
                    "Run " + run.id() + " was cancelled; say allowCancelled to rerun it all the same");
        }
    }

    private Definition definitionOf(Run run) {
        return definitions
                .find(run.header().workflowId(), run.header().workflowVersion())
                .orElseThrow(() -> refused(
                        RefusalCode.WORKFLOW_NOT_FOUND,
                        "Run " + run.id() + " needs workflow '" + run.header().workflowId() + "' in version "
                                + run.header().workflowVersion() + "; deployed are " + definitions.deployed()));
    }

    private static void refuseUnlessExecuted(Run run, String stageId, List<StepState> steps) {
        boolean executed = steps.stream().anyMatch(step -> step.id().equals(stageId) && step.startedAt() != null);
        if (!executed) {
            throw refused(
                    RefusalCode.STAGE_NOT_EXECUTED,
                    "Stage '" + stageId + "' of run " + run.id() + " was never executed; rerun from one of "
                            + steps.stream()
                                    .filter(step -> step.startedAt() != null)
                                    .map(StepState::id)
                                    .toList());
        }
    }

    private static void edit(Run run, RerunFrom command, Definition definition, Decision.Open open, UnitOfWork work) {
        JsonNode input = command.input();
        RunRequest request = Objects.requireNonNull(
                work.ports().runs().requests(List.of(run.id())).get(run.id()));
        RunRequest.Edited before = request.edited();
        if (input != null) {
            check(definition, open, input);
            Payload kept = work.ports()
                    .payloads()
                    .keep("runs/" + run.id() + "/input-" + (run.state().lastSequence() + 1), JsonCodec.write(input));
            run.replaceRequest(
                    open.group() == 0
                            ? request.withInput(kept)
                            : request.withEdited(new RunRequest.Edited(open.group(), kept)));
        } else if (before != null && before.group() >= open.group()) {
            run.replaceRequest(request.withEdited(null));
        }
    }

    private static void check(Definition definition, Decision.Open open, JsonNode input) {
        try {
            if (open.group() == 0) {
                definition.checkInput(input);
            } else {
                open.steps().forEach(step -> definition.checkStepInput(step.id(), input));
            }
        } catch (UnfitJsonException e) {
            List<FieldError> errors =
                    e.errors().stream().map(error -> error.under("/input")).toList();
            throw new RefusedException(new Refusal(
                    RefusalCode.INVALID_INPUT,
                    "The edited input does not fit stage '"
                            + open.steps().get(0).id() + "' of workflow '" + definition.id() + "': " + e.getMessage(),
                    errors));
        }
    }

    private static void dropArtifacts(Run run, List<StepState> dropped, UnitOfWork work) {
        List<String> stages = dropped.stream().map(StepState::id).toList();
        List<StoredArtifact> artifacts = work.ports().artifacts().removeOf(run.id(), stages);
        work.ports()
                .runs()
                .discard(artifacts.stream().map(StoredArtifact::blobKey).toList());
    }

    private static List<String> blobsOf(List<StepState> dropped) {
        return dropped.stream()
                .flatMap(step -> Stream.of(
                        keyOf(step.output()),
                        keyOf(java.util.Optional.ofNullable(step.suspension())
                                .map(Suspension::state)
                                .orElse(null))))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static List<String> keyOf(@Nullable Payload payload) {
        return payload instanceof Payload.Stored stored ? List.of(stored.blobKey()) : List.of();
    }

    private static StepFigures costOf(List<StepState> steps, int fromGroup) {
        double cost = 0;
        long tokens = 0;
        for (StepState step : steps) {
            if (step.group() < fromGroup) {
                cost += step.cost();
                tokens += step.tokens();
            }
        }
        return new StepFigures(null, null, cost, tokens);
    }

    private static void record(Run run, RerunFrom command, int group, int attempt, UnitOfWork work) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("fromStage", command.fromStageId());
        payload.put("group", group);
        payload.put("attempt", attempt);
        payload.put("edited", command.input() != null);
        payload.put("principal", work.caller().principal());
        work.record(run, EventType.WORKFLOW_RERUN, payload);
    }

    private static RefusedException refused(RefusalCode code, String message) {
        return new RefusedException(Refusal.of(code, message));
    }
}
