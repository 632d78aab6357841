package dev.pawl.acceptance.feature.local.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.WorkflowSource;
import dev.pawl.api.local.StartOptions;
import dev.pawl.api.local.Workflows;
import jakarta.inject.Inject;
import java.util.List;

/** Workflows of the business application. */
public class LocalWorkflows implements WorkflowSource {

    /** One stage that notes its order. */
    public static final String ORDER = "local-order";

    /** One stage that starts a run of {@link #ORDER} by the injected API. */
    public static final String OUTER = "local-outer";

    @Inject
    private Workflows workflows;

    /** What is ordered. */
    public record Order(String name) {
        public Order {
            if (name.isBlank()) {
                throw new IllegalArgumentException("an order has a name");
            }
        }
    }

    /** The run a stage started. */
    public record Started(String runId) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(
                Pipeline.named(ORDER, Order.class).then(new NoteOrder()).build(),
                Pipeline.named(OUTER, Order.class)
                        .then(new StartOrder(workflows))
                        .build());
    }

    static final class NoteOrder implements Stage<Order, Order> {
        @Override
        public Order execute(StageContext context, Order order) {
            Gates.note("ordered " + order.name());
            return order;
        }
    }

    static final class StartOrder implements Stage<Order, Started> {
        private final Workflows workflows;

        StartOrder(Workflows workflows) {
            this.workflows = workflows;
        }

        @Override
        public Started execute(StageContext context, Order order) {
            return new Started(
                    workflows.start(ORDER, order, StartOptions.NONE.withIdempotencyKey(context.idempotencyKey())));
        }
    }
}
