package dev.pawl.acceptance.feature.limit.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.ParallelOptions;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Works on a list with two at a time, and tells how many there were. */
@Workflow("limited-list")
public class Gauge implements DurableWorkflow<Gauge.Items, Gauge.Answer> {

    public record Items(String name, List<Integer> numbers) {
        public Items {
            numbers = List.copyOf(numbers);
        }
    }

    public record Answer(List<Integer> squares, int most) {
        public Answer {
            squares = List.copyOf(squares);
        }
    }

    @Override
    public Answer run(WorkflowContext ctx, Items items) {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> squares = ctx.forEach(
                "square",
                ParallelOptions.atMost(2),
                items.numbers(),
                number -> branch -> branch.step("square", Integer.class, () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    if (number < 2) {
                        // the first two wait for each other, so that two are seen at work
                        Gates.await(items.name() + "-" + number);
                    }
                    running.decrementAndGet();
                    return number * number;
                }));
        return new Answer(squares, most.get());
    }
}
