package dev.pawl.acceptance.feature.durable.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Branch;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.None;
import dev.pawl.api.Retry;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.TypeRef;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import jakarta.annotation.Resource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Workflows whose steps are special. */
public final class StepProbes {

    private StepProbes() {}

    /** Writes a row in a step's own transaction, which is rolled back once. */
    @Workflow("durable-transaction")
    public static class Booking implements DurableWorkflow<Name, Integer> {

        @Resource(lookup = "jdbc/pawl")
        private DataSource database;

        @Override
        public Integer run(WorkflowContext ctx, Name input) {
            ctx.transaction(
                    "book", TypeRef.of(None.class), StepOptions.retry(Retry.fixed(3, Duration.ofMillis(50))), step -> {
                        insert(input.name());
                        Gates.note(input.name() + " inserted");
                        if (step.attempt() == 1) {
                            throw new IOException("not at first");
                        }
                        return None.NONE;
                    });
            return ctx.step("count", Integer.class, () -> count(input.name()));
        }

        private void insert(String name) throws SQLException {
            try (Connection connection = database.getConnection();
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO business_order (name) VALUES (?)")) {
                insert.setString(1, name);
                insert.executeUpdate();
            }
        }

        private int count(String name) throws SQLException {
            try (Connection connection = database.getConnection();
                    PreparedStatement query =
                            connection.prepareStatement("SELECT COUNT(*) FROM business_order WHERE name = ?")) {
                query.setString(1, name);
                try (ResultSet rows = query.executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            }
        }
    }

    /** A step that takes too long twice, and what is done instead. */
    @Workflow("durable-timeout")
    public static class TooSlow implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name input) {
            StepOptions brief =
                    StepOptions.retry(Retry.fixed(2, Duration.ofMillis(50))).withTimeout(Duration.ofMillis(200));
            try {
                return ctx.step("slow", String.class, brief, () -> {
                    try {
                        Gates.await(input.name() + "-never");
                        return "never";
                    } catch (InterruptedException e) {
                        Gates.note(input.name() + " interrupted");
                        throw e;
                    }
                });
            } catch (StepFailedException e) {
                return ctx.step("fallback", String.class, () -> e.code() + " after " + e.attempts());
            }
        }
    }

    /** Branches, a loop and a condition in plain Java. */
    @Workflow("durable-branches")
    public static class Branches implements DurableWorkflow<Name, List<String>> {
        @Override
        public List<String> run(WorkflowContext ctx, Name input) {
            List<Branch<String>> branches = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                branches.add(branch -> {
                    branch.sleep(Duration.ofMillis(10L * number));
                    return branch.step("send-" + number, String.class, () -> {
                        Gates.note(input.name() + " send-" + number);
                        return "sent-" + number;
                    });
                });
            }
            List<String> sent = ctx.parallel("all", branches);
            if (sent.size() == 3) {
                ctx.step("end", () -> Gates.note(input.name() + " end"));
            }
            return sent;
        }
    }

    /** Sleeps for two years. */
    @Workflow("durable-sleeper")
    public static class Sleeper implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name input) {
            ctx.sleep("long", Duration.ofDays(730));
            return "awake";
        }
    }

    /** Begins anew again and again. */
    public record Round(int number, int last) {}

    /** Counts by continuing as new. */
    @Workflow("durable-rounds")
    public static class Rounds implements DurableWorkflow<Round, Integer> {
        @Override
        public Integer run(WorkflowContext ctx, Round round) {
            ctx.step("count", () -> {});
            return round.number() == round.last()
                    ? round.number()
                    : ctx.continueAsNew(new Round(round.number() + 1, round.last()));
        }
    }
}
