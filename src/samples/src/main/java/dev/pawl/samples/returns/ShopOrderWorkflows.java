package dev.pawl.samples.returns;

import dev.pawl.api.Pipeline;
import dev.pawl.api.WorkflowSource;
import dev.pawl.api.machine.StateMachine;
import java.util.List;

/** Offers the sample to the engine. */
public class ShopOrderWorkflows implements WorkflowSource {

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of();
    }

    @Override
    public List<StateMachine<?>> machines() {
        return List.of(ShopOrder.machine());
    }
}
