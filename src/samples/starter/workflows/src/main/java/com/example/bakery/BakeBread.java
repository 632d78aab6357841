package com.example.bakery;

import com.example.bakery.BakeBread.Baked;
import com.example.bakery.BakeBread.Batch;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.api.local.Entities;
import dev.pawl.api.local.EntityCommand;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;

/**
 * A durable workflow: found because it is annotated, made anew for every execution, with what it injects. Loaves may be put
 * into the oven twice, under one key; into the basket they come exactly once, since that commits with the step.
 */
@Workflow(value = "bake-bread", description = "Bakes loaves and puts them into a basket")
public class BakeBread implements DurableWorkflow<Batch, Baked> {

    static final Duration BAKING = Duration.ofMinutes(40);

    public record Batch(String basket, int loaves) {
        public Batch {
            if (loaves < 1) {
                throw new IllegalArgumentException("loaves must be at least 1, was " + loaves);
            }
        }
    }

    public record Baked(int loaves) {}

    private final Oven oven;
    private final Entities entities;

    @Inject
    BakeBread(Oven oven, Entities entities) {
        this.oven = oven;
        this.entities = entities;
    }

    @Override
    public Baked run(WorkflowContext ctx, Batch batch) {
        ctx.step("put-in", step -> oven.putIn(batch.loaves(), step.idempotencyKey()));
        ctx.sleep("bake", BAKING);
        ctx.transaction("fill-basket", () -> entities.execute(EntityCommand.of("BreadBasket", "fill")
                        .on(batch.basket())
                        .withInput(Map.of("count", batch.loaves())))
                .orThrow());
        return new Baked(batch.loaves());
    }
}
