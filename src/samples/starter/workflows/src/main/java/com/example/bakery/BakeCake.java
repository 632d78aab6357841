package com.example.bakery;

import com.example.bakery.BakeCake.Cake;
import com.example.bakery.BakeCake.Order;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import jakarta.inject.Inject;
import java.time.Duration;

/** A durable workflow: found because it is annotated, made anew for every execution, with what it injects. */
@Workflow(value = "bake-cake", description = "Puts a cake in the oven and takes it out when it is done")
public class BakeCake implements DurableWorkflow<Order, Cake> {

    static final Duration BAKING = Duration.ofMinutes(40);

    public record Order(String cake) {
        public Order {
            if (cake == null || cake.isBlank()) {
                throw new IllegalArgumentException("which cake?");
            }
        }
    }

    public record Cake(String looks) {}

    private final Oven oven;

    @Inject
    BakeCake(Oven oven) {
        this.oven = oven;
    }

    @Override
    public Cake run(WorkflowContext ctx, Order order) {
        ctx.step("put-in", step -> oven.putIn(order.cake(), step.idempotencyKey()));
        ctx.sleep("bake", BAKING);
        return ctx.step("take-out", Cake.class, () -> new Cake(oven.takeOut(order.cake())));
    }
}
