package dev.pawl.bench.inside;

import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.WorkflowSource;
import dev.pawl.api.local.Entities;
import dev.pawl.api.local.Events;
import dev.pawl.api.local.Workflows;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;

/** Workflows that put the clients inside the server in place and hold its worker back. */
public class InsideWorkflows implements WorkflowSource {

    /** Its run opens {@link Inside}. */
    public static final String OPEN = "bench-open-inside";

    static final String HOLD = "bench-hold-place";

    @Inject
    private Instance<Workflows> workflows;

    @Inject
    private Instance<Entities> entities;

    @Inject
    private Instance<Events> events;

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(
                Pipeline.named(OPEN, None.class)
                        .then(new Open(workflows, entities, events))
                        .build(),
                Pipeline.named(HOLD, None.class).then(new Hold()).build());
    }

    private record Open(Instance<Workflows> workflows, Instance<Entities> entities, Instance<Events> events)
            implements Stage<None, None> {
        @Override
        public None execute(StageContext context, None input) throws Exception {
            Inside.open(workflows.get(), entities.get(), events.get());
            return None.NONE;
        }
    }

    private record Hold() implements Stage<None, None> {
        @Override
        public None execute(StageContext context, None input) {
            HoldPlaces.hold();
            return None.NONE;
        }
    }
}
