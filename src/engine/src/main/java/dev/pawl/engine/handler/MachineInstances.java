package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.interpret.MachineState;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.MachineRuns;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Instances of state machines as runs: under an id derived from their names, so that each exists once. */
final class MachineInstances {

    private static final int LONGEST_INSTANCE = 200;

    private final Definitions definitions;

    MachineInstances(Definitions definitions) {
        this.definitions = definitions;
    }

    /** @throws RefusedException with MACHINE_NOT_FOUND */
    MachineDefinition definition(String machine) {
        return definitions
                .latest(machine)
                .filter(MachineDefinition.class::isInstance)
                .map(MachineDefinition.class::cast)
                .orElseThrow(() -> new RefusedException(
                        Refusal.of(RefusalCode.MACHINE_NOT_FOUND, "There is no state machine '" + machine + "'")));
    }

    Optional<Run> find(String machine, String instance, UnitOfWork work) {
        return work.find(MachineRuns.idOf(work.caller().tenant(), machine, instance));
    }

    Run create(MachineDefinition definition, String instance, JsonNode data, UnitOfWork work) {
        checkName(instance);
        check(definition, data);
        RunId id = MachineRuns.idOf(work.caller().tenant(), definition.id(), instance);
        RunHeader header = new RunHeader(
                id,
                work.caller().tenant(),
                definition.id(),
                definition.version(),
                CreateRun.DEFAULT_PRIORITY,
                instance,
                work.caller().principal(),
                null,
                work.now(),
                work.ports().tracing().current().orElse(null));
        Payload input = work.ports().payloads().keep("runs/" + id + "/input", JsonCodec.write(data));
        Run run = Run.create(header, new RunRequest(input, "{}", "{}"));
        work.add(run);
        work.record(
                run,
                EventType.WORKFLOW_CREATED,
                Map.of(
                        "workflowId", definition.id(),
                        "version", definition.version(),
                        "priority", header.priority()));
        run.start(work.now());
        work.record(run, EventType.WORKFLOW_STARTED, Map.of());
        run.open(
                0,
                List.of(StepState.pending(
                        MachineDefinition.STEP, definition.id(), StepKind.MACHINE, 0, 0, work.now())));
        run.suspend(MachineDefinition.STEP, null, null, 0, null, StepFigures.NONE);
        run.settle();
        keep(run, new MachineState(instance, definition.machine().initial(), work.now(), data));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("instance", instance);
        payload.put("state", definition.machine().initial());
        work.record(run, EventType.MACHINE_STARTED, payload);
        return run;
    }

    static MachineState stateOf(Run run) {
        String json = run.step(MachineDefinition.STEP)
                .map(StepState::progress)
                .orElseThrow(() -> new IllegalStateException("Run " + run.id() + " is no instance of a state machine"));
        return JsonCodec.read(Objects.requireNonNull(json), MachineState.class);
    }

    static void keep(Run run, MachineState state) {
        run.progress(MachineDefinition.STEP, JsonCodec.write(state));
    }

    private static void check(MachineDefinition definition, JsonNode data) {
        try {
            definition.checkInput(data);
        } catch (UnfitJsonException e) {
            throw new RefusedException(new Refusal(
                    RefusalCode.INVALID_INPUT,
                    "The data does not fit machine '" + definition.id() + "': " + e.getMessage(),
                    e.errors().stream().map(error -> error.under("/data")).toList()));
        }
    }

    private static void checkName(String instance) {
        if (instance.isBlank()
                || instance.length() > LONGEST_INSTANCE
                || instance.chars().anyMatch(Character::isISOControl)) {
            String message = "the name of an instance has 1 to " + LONGEST_INSTANCE
                    + " characters, none of them a control character";
            throw new RefusedException(
                    new Refusal(RefusalCode.VALIDATION_FAILED, message, List.of(new FieldError("/instance", message))));
        }
    }
}
