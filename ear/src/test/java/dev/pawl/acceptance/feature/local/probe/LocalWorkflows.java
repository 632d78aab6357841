package dev.pawl.acceptance.feature.local.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.ConfiguredStage;
import dev.pawl.api.EventType;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.WorkflowSource;
import dev.pawl.api.config.AiConfig;
import dev.pawl.api.config.FullConfig;
import dev.pawl.api.local.StartOptions;
import dev.pawl.api.local.Workflows;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** Workflows of the business application. */
public class LocalWorkflows implements WorkflowSource {

    /** One stage that notes its order. */
    public static final String ORDER = "local-order";

    /** One stage that answers the settings it was given. */
    public static final String TUNED = "local-tuned";

    /** One stage that starts a run of {@link #ORDER} by the injected API. */
    public static final String OUTER = "local-outer";

    /** One stage whose first attempt fails and whose second comes an hour later. */
    public static final String LATER = "local-later";

    /** One stage that cannot be opened while the gate of the same name is open. */
    public static final String UNOPENED = "local-unopened";

    /** What {@link AwaitPayment} waits for. */
    public static final EventType<Order> PAID = EventType.of("local-order.paid", Order.class);

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
                Pipeline.named(LATER, Order.class).then(new OrderLater()).build(),
                Pipeline.named(TUNED, Order.class).then(new Tuned()).build(),
                Pipeline.named(UNOPENED, Order.class).then(new Unopened()).build(),
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

    static final class Unopened implements Stage<Order, Order> {
        @Override
        public String name() {
            if (Gates.isOpen(UNOPENED)) {
                throw new IllegalStateException("nobody knows the name of this stage");
            }
            return id();
        }

        @Override
        public Order execute(StageContext context, Order order) {
            return order;
        }
    }

    static final class OrderLater implements Stage<Order, Order> {
        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(2, Duration.ofHours(1)));
        }

        @Override
        public Order execute(StageContext context, Order order) {
            if (context.attempt() == 1) {
                throw new IllegalStateException("not before the second attempt");
            }
            return order;
        }
    }

    static final class Tuned implements ConfiguredStage<Order, FullConfig, FullConfig> {
        @Override
        public FullConfig defaults() {
            return FullConfig.DEFAULT.withAi(AiConfig.DEFAULT.withModel("fast"));
        }

        @Override
        public FullConfig execute(StageContext context, Order order, FullConfig config) {
            return config;
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
