package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.interpret.MachineState;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import java.time.Instant;
import java.util.List;

/**
 * An instance of a state machine as people see it.
 *
 * @param since when it came into its state
 * @param events that have a line in this state; a guard may still refuse them
 */
public record MachineView(
        RunId run,
        String machine,
        String instance,
        String state,
        RunStatus status,
        Instant since,
        JsonNode data,
        List<String> events) {

    static MachineView of(RunView run, MachineDefinition definition) {
        MachineState state = run.stages().stream()
                .filter(stage -> stage.id().equals(MachineDefinition.STEP))
                .findFirst()
                .map(RunView.StageView::progress)
                .map(progress -> (MachineState) JsonCodec.bind(progress, JsonCodec.type(MachineState.class)))
                .orElseThrow(() -> new IllegalStateException("Run " + run.id() + " holds no state of a machine"));
        return new MachineView(
                new RunId(run.id()),
                definition.id(),
                state.instance(),
                state.state(),
                run.status(),
                state.since(),
                state.data(),
                run.status().isFinished() ? List.of() : definition.machine().eventsIn(state.state()));
    }
}
