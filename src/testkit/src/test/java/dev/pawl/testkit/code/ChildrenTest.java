package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.ChildFailedException;
import dev.pawl.api.ChildOptions;
import dev.pawl.api.ChildRun;
import dev.pawl.api.CodeWorkflow;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.None;
import dev.pawl.api.TypeRef;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-12")
class ChildrenTest {

    record Parcel(String id, int days) {}

    private final Effects effects = new Effects();

    @Workflow("ship")
    final class Ship implements DurableWorkflow<Parcel, String> {
        @Override
        public String run(WorkflowContext ctx, Parcel parcel) {
            ctx.step("pack", () -> effects.happen("pack " + parcel.id()));
            ctx.sleep(Duration.ofDays(parcel.days()));
            if (parcel.days() == 13) {
                throw new IllegalStateException("lost at sea");
            }
            return ctx.step("deliver", String.class, () -> effects.happen("deliver " + parcel.id()));
        }
    }

    @Workflow("order")
    final class Order implements DurableWorkflow<Integer, List<String>> {
        @Override
        public List<String> run(WorkflowContext ctx, Integer days) {
            List<ChildRun<String>> children = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                children.add(ctx.child(Ship.class, "ship-" + i, new Parcel("p" + i, days - i)));
            }
            ctx.step("confirm", () -> effects.happen("confirm"));
            List<String> delivered = new ArrayList<>();
            for (ChildRun<String> child : children) {
                delivered.add(child.join());
            }
            return delivered;
        }
    }

    @Test
    void childrenRunSideBySideAndAreJoinedInOrder() {
        TestEngine engine = TestEngine.with(new Order(), new Ship()).crashBefore("confirm");
        TestRun run = engine.start(Order.class, 3);

        assertThat(effects.all()).containsExactlyInAnyOrder("confirm", "pack p0", "pack p1", "pack p2");
        engine.advance(Duration.ofDays(3));

        assertThat(run.output(TypeRef.listOf(String.class))).hasToString("[deliver p0, deliver p1, deliver p2]");
        assertThat(effects.all()).hasSize(7);
        assertThat(run.eventTypes().stream().filter("child:started"::equals)).hasSize(3);
        assertThat(run.eventTypes().stream().filter("child:completed"::equals)).hasSize(3);
    }

    @Test
    @Tag("W-13")
    void aCrashNeverStartsAChildTwice() {
        for (String at : List.of("confirm", "pack", "deliver")) {
            TestEngine engine = TestEngine.with(new Order(), new Ship())
                    .crashBefore(at, 3)
                    .afterCrash(TestEngine.AfterCrash.LEASE_RUNS_OUT);
            TestRun run = engine.start(Order.class, 3);
            engine.advance(Duration.ofDays(4));
            assertThat(run.output(TypeRef.listOf(String.class))).hasSize(3);
            assertThat(engine.database()
                            .queries()
                            .list(RunFilter.ofTenant("default"), Optional.empty(), 100)
                            .items())
                    .as("a parent and its three children")
                    .hasSize(4);
        }
    }

    @Test
    void aChildKnowsItsParentAndItsFailureIsCatchable() {
        @Workflow("careful")
        class Careful implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                ChildRun<String> child = ctx.child(Ship.class, "ship", new Parcel("p", 13));
                try {
                    return child.join();
                } catch (ChildFailedException e) {
                    return e.runId().equals(child.runId()) + " " + e.code();
                }
            }
        }
        TestEngine engine = TestEngine.with(new Careful(), new Ship());
        TestRun run = engine.start(Careful.class, None.NONE);
        assertThat(engine.database()
                        .queries()
                        .list(RunFilter.ofTenant("default"), Optional.empty(), 100)
                        .items())
                .anySatisfy(child -> {
                    assertThat(child.workflowId()).isEqualTo("ship");
                    assertThat(child.parentRunId()).isEqualTo(run.id().value());
                });
        engine.advance(Duration.ofDays(13));

        assertThat(run.output(String.class)).isEqualTo("true WORKFLOW_FAILED");
    }

    @Test
    void aChildThatCannotBeStartedFailsWhereItIsJoined() {
        @Workflow("lost")
        class Lost implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                return ctx.child("nowhere", TypeRef.of(String.class), "c", "x", ChildOptions.DEFAULT)
                        .join();
            }
        }
        TestRun run = TestEngine.with(new Lost()).start(Lost.class, None.NONE);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().orElseThrow().code()).isEqualTo("CHILD_FAILED");
        assertThat(run.error().orElseThrow().message()).contains("nowhere");
    }

    @Workflow("closing")
    static final class Closing implements DurableWorkflow<Boolean, String> {
        @Override
        public String run(WorkflowContext ctx, Boolean detached) {
            ChildOptions options = detached ? ChildOptions.detached() : ChildOptions.DEFAULT;
            String child =
                    ctx.child(Ship.class, "ship", new Parcel("p", 2), options).runId();
            ctx.sleep(Duration.ofDays(1));
            return child;
        }
    }

    @Test
    void childrenEndWithTheirParentUnlessTheyAreDetached() {
        TestEngine engine = TestEngine.with(new Closing(), new Ship());
        TestRun bound = engine.start(Closing.class, false);
        TestRun detached = engine.start(Closing.class, true);
        engine.advance(Duration.ofDays(3));

        assertThat(statusOf(engine, bound.output(String.class))).isEqualTo(RunStatus.CANCELLED);
        assertThat(statusOf(engine, detached.output(String.class))).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    @Tag("K-10")
    void cancellationReachesChildren() {
        TestEngine engine = TestEngine.with(new Order(), new Ship());
        TestRun run = engine.start(Order.class, 3);
        run.cancel("no longer wanted");
        engine.advance(Duration.ofDays(5));

        assertThat(engine.database()
                        .queries()
                        .list(RunFilter.ofTenant("default"), Optional.empty(), 100)
                        .items())
                .hasSize(4)
                .allSatisfy(view -> assertThat(view.status()).isEqualTo(RunStatus.CANCELLED));
    }

    private static RunStatus statusOf(TestEngine engine, String run) {
        return engine.database()
                .queries()
                .statuses(List.of(new RunId(run)))
                .values()
                .iterator()
                .next();
    }

    /** A template: what its constructor is given makes the workflow. */
    static final class Greeting implements DurableWorkflow<String, String> {
        private final String word;

        Greeting(String word) {
            this.word = word;
        }

        @Override
        public String run(WorkflowContext ctx, String name) {
            return ctx.step("greet", String.class, () -> word + " " + name);
        }
    }

    @Test
    @Tag("W-13")
    void oneClassMakesSeveralWorkflows() {
        TestEngine engine = TestEngine.with(
                new CodeWorkflow<>("hello", 1, "", Greeting.class, () -> new Greeting("Hello")),
                new CodeWorkflow<>("bye", 1, "", Greeting.class, () -> new Greeting("Bye")));

        assertThat(engine.start("hello", "Ann").output(String.class)).isEqualTo("Hello Ann");
        assertThat(engine.start("bye", "Ann").output(String.class)).isEqualTo("Bye Ann");
    }

    @Test
    @Tag("W-13")
    void aSubWorkflowIsAStep() {
        @Workflow("outer")
        class Outer implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                return ctx.subWorkflow(Ship.class, "ship", new Parcel("s", 1)) + "!";
            }
        }
        TestEngine engine = TestEngine.with(new Outer(), new Ship());
        TestRun run = engine.start(Outer.class, None.NONE);
        engine.advance(Duration.ofDays(1));

        assertThat(run.output(String.class)).isEqualTo("deliver s!");
    }
}
