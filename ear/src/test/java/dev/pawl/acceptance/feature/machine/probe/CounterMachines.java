package dev.pawl.acceptance.feature.machine.probe;

import dev.pawl.api.Pipeline;
import dev.pawl.api.WorkflowSource;
import dev.pawl.api.machine.StateMachine;
import java.util.List;

/** A counter that begins with its first event. */
public class CounterMachines implements WorkflowSource {

    public record Count(int value) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of();
    }

    @Override
    public List<StateMachine<?>> machines() {
        return List.of(StateMachine.named("counter", Count.class)
                .initial("open")
                .startingWith(() -> new Count(0))
                .transition("open", "add", "open")
                .then(ctx -> new Count(ctx.data().value() + 1))
                .transition("open", "break", "open")
                .then(ctx -> {
                    throw new IllegalStateException("broken on purpose");
                })
                .transition("open", "close", "closed")
                .build());
    }
}
