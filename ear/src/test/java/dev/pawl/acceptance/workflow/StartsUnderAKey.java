package dev.pawl.acceptance.workflow;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.local.StartOptions;
import dev.pawl.api.local.Workflows;

/** Its first attempt starts a run under a key, the input's name, and stands still with the transaction open. */
final class StartsUnderAKey implements Stage<ProbeInput, Crumb> {

    private final Workflows workflows;

    StartsUnderAKey(Workflows workflows) {
        this.workflows = workflows;
    }

    @Override
    public StageOptions options() {
        return StageOptions.transactional();
    }

    @Override
    public Crumb execute(StageContext context, ProbeInput input) throws Exception {
        if (context.attempt() == 1) {
            workflows.start(
                    "three-steps",
                    new ProbeInput(input.name() + "-undone", null),
                    StartOptions.NONE.withCorrelationId(input.name()).withIdempotencyKey(input.name()));
            Gates.await(input.name());
        }
        return new Crumb(input.name(), "", context.attempt());
    }
}
