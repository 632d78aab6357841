package dev.pawl.samples.guards;

import dev.pawl.api.Branch;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.ParallelOptions;
import dev.pawl.api.Promise;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.api.flow.Bulkhead;
import dev.pawl.samples.guards.PrintPosters.Order;
import dev.pawl.samples.guards.PrintPosters.Printed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints posters on two presses that all servers share. Behind the presses there is room for fifty posters to wait, ten
 * minutes each; what does not fit goes to the printer in the next town. Of one order, eight posters are at work at a time.
 */
@Workflow(value = "print-posters", description = "Prints posters on two shared presses, the rest elsewhere")
public class PrintPosters implements DurableWorkflow<Order, Printed> {

    static final Bulkhead PRESSES =
            Bulkhead.of(2, 50).maxWait(Duration.ofMinutes(10)).acrossServers().named("sample-presses");

    public record Order(List<String> posters) {
        public Order {
            posters = List.copyOf(posters);
        }
    }

    /** @param sheets in the order of the posters */
    public record Printed(List<String> sheets) {
        public Printed {
            sheets = List.copyOf(sheets);
        }
    }

    /** The machine. */
    interface Press {
        String print(String poster);
    }

    private final Press press;

    public PrintPosters() {
        this(poster -> poster + ", printed here");
    }

    PrintPosters(Press press) {
        this.press = press;
    }

    @Override
    public Printed run(WorkflowContext ctx, Order order) {
        List<Branch<String>> branches = new ArrayList<>();
        for (String poster : order.posters()) {
            branches.add(branch ->
                    branch.step("print", String.class, StepOptions.once().with(PRESSES), () -> press.print(poster)));
        }
        List<String> sheets = new ArrayList<>();
        for (Promise<String> sheet : ctx.collect("posters", ParallelOptions.atMost(8), branches)) {
            String poster = order.posters().get(sheets.size());
            sheets.add(sheet.failure().map(why -> elsewhere(poster, why)).orElseGet(sheet::get));
        }
        return new Printed(sheets);
    }

    private static String elsewhere(String poster, Exception why) {
        if (why instanceof StepFailedException failed
                && (failed.code().equals(Bulkhead.FULL) || failed.code().equals(Bulkhead.TIMEOUT))) {
            return poster + ", sent to the next town";
        }
        throw new IllegalStateException("The press broke at " + poster, why);
    }
}
