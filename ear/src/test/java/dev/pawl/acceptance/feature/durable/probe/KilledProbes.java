package dev.pawl.acceptance.feature.durable.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.ChildRun;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Saga;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.TypeRef;
import dev.pawl.api.Wait;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.api.WorkflowSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Workflows whose server is killed while they run; each effect is noted with its idempotency key. */
public final class KilledProbes {

    private static final EventType<String> PAID = EventType.of("killed.paid", String.class);

    private KilledProbes() {}

    private static String act(WorkflowContext ctx, Name input, String name) {
        return ctx.step(name, String.class, step -> {
            Gates.note(input.name() + " " + name + " " + step.idempotencyKey());
            return name;
        });
    }

    /** Everything durable code can do, one after the other. */
    @Workflow("killed-load")
    public static class Load implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name input) {
            act(ctx, input, "open");
            ctx.transaction("row", () -> Rows.insert(input.name()));
            ctx.parallel("both", List.of(branch -> act(branch, input, "left"), branch -> {
                branch.sleep(Duration.ofMillis(20));
                return act(branch, input, "right");
            }));
            for (int i = 0; i < 3; i++) {
                act(ctx, input, "send-" + i);
            }
            ChildRun<String> child = ctx.child(Child.class, "child", new Name(input.name() + "-child"));
            ctx.sleep(Duration.ofMillis(50));
            String paid = ctx.require(Wait.forEvent(PAID).correlatedBy(input.name()));
            return child.join() + " " + paid + " " + book(ctx, input);
        }

        private static String book(WorkflowContext ctx, Name input) {
            Saga saga = ctx.saga();
            try {
                return saga.run(() -> {
                    saga.onFailure("undo", step -> Gates.note(input.name() + " undo " + step.idempotencyKey()));
                    act(ctx, input, "book");
                    ctx.step("decline", StepOptions.once(), () -> {
                        throw new IllegalStateException("declined");
                    });
                    return "booked";
                });
            } catch (StepFailedException e) {
                return "undone";
            }
        }
    }

    /** A child with an effect and a row of its own. */
    @Workflow("killed-child")
    public static class Child implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name input) {
            act(ctx, input, "ship");
            ctx.transaction("row", () -> Rows.insert(input.name()));
            return "shipped";
        }
    }

    /** Answers the names of all rows, each as often as there are rows. */
    @Workflow("killed-rows")
    public static class CountRows implements DurableWorkflow<None, List<String>> {
        @Override
        public List<String> run(WorkflowContext ctx, None nothing) {
            return ctx.step("read", TypeRef.listOf(String.class), StepOptions.DEFAULT, step -> Rows.all());
        }
    }

    /** The business table, made at start, where nothing hinders a row from being there twice. */
    public static class Rows implements WorkflowSource {

        @Override
        public List<Pipeline<?, ?>> workflows() {
            try (Connection connection = database().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS killed_row (name VARCHAR(100))");
                return List.of();
            } catch (SQLException | NamingException e) {
                throw new IllegalStateException("The business table cannot be made", e);
            }
        }

        static void insert(String name) throws SQLException, NamingException {
            try (Connection connection = database().getConnection();
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO killed_row (name) VALUES (?)")) {
                insert.setString(1, name);
                insert.executeUpdate();
            }
        }

        static List<String> all() throws SQLException, NamingException {
            List<String> names = new ArrayList<>();
            try (Connection connection = database().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT name FROM killed_row ORDER BY name")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }

        private static DataSource database() throws NamingException {
            return InitialContext.doLookup("jdbc/pawl");
        }
    }
}
