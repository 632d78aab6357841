package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.SendEvent;
import dev.pawl.engine.command.StartMachine;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.interpret.MachineDefinition.Answer;
import dev.pawl.engine.interpret.MachineState;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepFigures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes an instance from one state to the next, or refuses the event and leaves everything as it was. */
final class SendEventHandler implements Handler<SendEvent, StartMachine.Instance> {

    private final MachineInstances instances;

    SendEventHandler(MachineInstances instances) {
        this.instances = instances;
    }

    @Override
    public StartMachine.Instance handle(SendEvent command, UnitOfWork work) {
        MachineDefinition definition = instances.definition(command.machine());
        Optional<Run> known = instances.find(command.machine(), command.instance(), work);
        known.ifPresent(run -> refuseStopped(run, command));
        MachineState before =
                known.map(MachineInstances::stateOf).orElseGet(() -> beginning(definition, command, work));
        boolean ended = known.filter(run -> run.status() == RunStatus.COMPLETED).isPresent();
        if (ended || !definition.machine().states().contains(before.state())) {
            throw noTransition(command, before);
        }
        Answer answer = answer(definition, command, before, work);
        if (answer instanceof Answer.NoTransition) {
            throw noTransition(command, before);
        }
        if (answer instanceof Answer.GuardFailed) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.GUARD_FAILED, "Guard condition failed for " + command.event()));
        }
        Run run = known.orElseGet(() -> instances.create(definition, command.instance(), before.data(), work));
        return move(run, definition, command, before, (Answer.Moved) answer, work);
    }

    /** The instance is made only when its first event is taken. */
    private static MachineState beginning(MachineDefinition definition, SendEvent command, UnitOfWork work) {
        JsonNode data = definition
                .startingData()
                .orElseThrow(() -> new RefusedException(Refusal.of(
                        RefusalCode.INSTANCE_NOT_FOUND,
                        "Machine '" + command.machine() + "' has no instance '" + command.instance()
                                + "'; start it first")));
        return new MachineState(command.instance(), definition.machine().initial(), work.now(), data);
    }

    private static void refuseStopped(Run run, SendEvent command) {
        if (run.status() == RunStatus.CANCELLED || run.status() == RunStatus.FAILED) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.RUN_FINISHED,
                    "Instance '" + command.instance() + "' of machine '" + command.machine() + "' is " + run.status()));
        }
        if (run.state().paused()) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.RUN_PAUSED,
                    "Instance '" + command.instance() + "' of machine '" + command.machine()
                            + "' is paused; resume run " + run.id() + " first"));
        }
    }

    private static Answer answer(
            MachineDefinition definition, SendEvent command, MachineState before, UnitOfWork work) {
        try {
            return definition.handle(
                    new MachineDefinition.Situation(
                            command.instance(),
                            before.state(),
                            before.since(),
                            before.data(),
                            work.now(),
                            work.caller().principal()),
                    command.event(),
                    command.payload());
        } catch (UnfitJsonException e) {
            throw new RefusedException(new Refusal(
                    RefusalCode.INVALID_INPUT,
                    "Event '" + command.event() + "' does not fit machine '" + command.machine() + "': "
                            + e.getMessage(),
                    e.errors()));
        }
    }

    private static StartMachine.Instance move(
            Run run,
            MachineDefinition definition,
            SendEvent command,
            MachineState before,
            Answer.Moved moved,
            UnitOfWork work) {
        MachineInstances.keep(run, new MachineState(command.instance(), moved.to(), work.now(), moved.data()));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("instance", command.instance());
        payload.put("event", command.event());
        payload.put("from", before.state());
        payload.put("to", moved.to());
        payload.put("payload", command.payload());
        payload.put("principal", work.caller().principal());
        work.record(run, EventType.MACHINE_TRANSITIONED, payload);
        if (definition.machine().isFinal(moved.to())) {
            complete(run, moved, work);
        }
        return new StartMachine.Instance(
                run.id(), command.machine(), command.instance(), before.state(), moved.to(), moved.data());
    }

    private static void complete(Run run, Answer.Moved moved, UnitOfWork work) {
        Payload output = work.ports().payloads().keep("runs/" + run.id() + "/output", JsonCodec.write(moved.data()));
        run.completeStep(MachineDefinition.STEP, output, StepFigures.NONE, work.now());
        run.complete(output, work.now());
        long duration = Duration.between(Objects.requireNonNull(run.state().startedAt()), work.now())
                .toMillis();
        work.record(run, EventType.WORKFLOW_COMPLETED, Map.of("durationMs", duration));
    }

    private static RefusedException noTransition(SendEvent command, MachineState before) {
        return new RefusedException(Refusal.of(
                RefusalCode.INVALID_TRANSITION,
                "Invalid transition " + command.event() + " from state " + before.state()));
    }
}
