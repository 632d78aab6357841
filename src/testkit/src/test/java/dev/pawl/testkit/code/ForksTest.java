package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.BranchFailedException;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.Fork;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.ParallelOptions;
import dev.pawl.api.Promise;
import dev.pawl.api.StepOptions;
import dev.pawl.api.TypeRef;
import dev.pawl.api.Wait;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-02")
class ForksTest {

    static final EventType<String> PAID = EventType.of("paid", String.class);

    private final Effects effects = new Effects();

    @Workflow("enrich")
    final class Enrich implements DurableWorkflow<String, String> {
        @Override
        public String run(WorkflowContext ctx, String lead) {
            Fork fork = ctx.fork("enrich");
            Promise<Integer> score = fork.branch("score", c -> {
                c.step("load", () -> effects.happen("load"));
                return c.step(
                        "score", Integer.class, () -> effects.happen("score").length());
            });
            Promise<String> company = fork.branch("company", c -> {
                c.sleep(Duration.ofMinutes(5));
                return c.step("look-up", String.class, () -> effects.happen("company of " + lead));
            });
            fork.join();
            return company.get() + " " + score.get();
        }
    }

    @Test
    void branchesOfDifferentTypesAreJoinedInTheOrderOfTheCode() {
        TestEngine engine = TestEngine.with(new Enrich()).crashAfter("score").crashBefore("look-up");
        TestRun run = engine.start(Enrich.class, "x");

        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofMinutes(5));

        assertThat(run.output(String.class)).isEqualTo("company of x 5");
        assertThat(effects.count("load")).isEqualTo(1);
        assertThat(effects.count("score")).as("cut off once").isEqualTo(2);
        assertThat(effects.count("company of x")).isEqualTo(1);
    }

    @Workflow("for-each")
    final class ForEach implements DurableWorkflow<Integer, List<Integer>> {
        @Override
        public List<Integer> run(WorkflowContext ctx, Integer atMost) {
            List<Integer> items = IntStream.range(0, 5).boxed().toList();
            return ctx.forEach("square", ParallelOptions.atMost(atMost), items, item -> c -> {
                c.step("begin", () -> effects.happen("begin " + item));
                c.sleep(Duration.ofMinutes(1));
                return c.step("square", Integer.class, () -> item * item);
            });
        }
    }

    @Test
    void resultsComeInTheOrderOfTheItems() {
        TestEngine engine = TestEngine.with(new ForEach());
        TestRun run = engine.start(ForEach.class, 0);
        assertThat(effects.all()).hasSize(5);
        engine.advance(Duration.ofMinutes(1));

        assertThat(run.output(TypeRef.listOf(Integer.class))).hasToString("[0, 1, 4, 9, 16]");
        assertThat(effects.all()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    @Tag("R-01")
    void noMoreBranchesThanAllowedHaveBegunAndNotEnded() {
        TestEngine engine = TestEngine.with(new ForEach());
        TestRun run = engine.start(ForEach.class, 2);
        assertThat(effects.all()).containsExactly("begin 0", "begin 1");
        engine.advance(Duration.ofMinutes(1));
        assertThat(effects.all()).hasSize(4);
        engine.advance(Duration.ofMinutes(1));
        assertThat(effects.all()).hasSize(5);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofMinutes(1));

        assertThat(run.output(TypeRef.listOf(Integer.class))).hasToString("[0, 1, 4, 9, 16]");
    }

    @Workflow("failing-branch")
    final class FailingBranch implements DurableWorkflow<None, String> {
        @Override
        public String run(WorkflowContext ctx, None nothing) {
            Fork fork = ctx.fork("f");
            fork.branch("waits", c -> {
                c.step("one", () -> effects.happen("one"));
                return c.require(Wait.forEvent(PAID));
            });
            fork.branch(
                    "fails",
                    c -> c.step("two", String.class, StepOptions.once(), () -> {
                        effects.happen("two");
                        throw new NonRetryableException("NO", "no");
                    }));
            fork.branch("late", c -> c.step("three", String.class, () -> effects.happen("three")));
            try {
                fork.join();
                return "joined";
            } catch (BranchFailedException e) {
                ctx.step("after", () -> effects.happen("after"));
                ctx.sleep(Duration.ofHours(1));
                return e.branch() + ": " + e.getCause().getMessage();
            }
        }
    }

    @Test
    void aFailedBranchStopsTheOthersAndIsCatchable() {
        TestEngine engine = TestEngine.with(new FailingBranch()).crashBefore("after");
        TestRun run = engine.start(FailingBranch.class, None.NONE);
        engine.deploy(new FailingBranch());
        engine.advance(Duration.ofHours(1));

        assertThat(run.output(String.class)).isEqualTo("fails: no");
        assertThat(effects.all()).containsExactly("one", "two", "after");
        engine.publish(PAID, "any", "kept");
        assertThat(run.eventTypes()).doesNotContain("wait:completed");
    }

    @Test
    void whenAllAreCollectedEachTellsWhatBecameOfIt() {
        @Workflow("collecting")
        class Collecting implements DurableWorkflow<None, List<String>> {
            @Override
            public List<String> run(WorkflowContext ctx, None nothing) {
                List<Promise<String>> all = ctx.collect(
                        "all",
                        ParallelOptions.ALL,
                        List.of(
                                c -> c.step("a", String.class, () -> "fine"),
                                c -> c.step("b", String.class, StepOptions.once(), () -> {
                                    throw new NonRetryableException("NO", "not fine");
                                }),
                                c -> {
                                    c.sleep(Duration.ofHours(1));
                                    return "late";
                                }));
                List<String> told = new ArrayList<>();
                all.forEach(
                        one -> told.add(one.failure().map(Exception::getMessage).orElseGet(one::get)));
                return told;
            }
        }
        TestEngine engine = TestEngine.with(new Collecting());
        TestRun run = engine.start(Collecting.class, None.NONE);
        engine.advance(Duration.ofHours(1));

        assertThat(run.output(TypeRef.listOf(String.class))).hasToString("[fine, not fine, late]");
    }

    @Test
    void forksStandInForks() {
        @Workflow("nested")
        class Nested implements DurableWorkflow<None, Integer> {
            @Override
            public Integer run(WorkflowContext ctx, None nothing) {
                List<Integer> sums = ctx.parallel("outer", List.of(c -> sum(c, 1), c -> sum(c, 10), c -> sum(c, 100)));
                return total(sums);
            }

            private int sum(WorkflowContext ctx, int factor) {
                List<Integer> products = ctx.forEach("inner", ParallelOptions.ALL, List.of(1, 2), item -> c -> {
                    c.sleep(Duration.ofSeconds(item));
                    return c.step("times", Integer.class, () -> {
                        effects.happen("times");
                        return item * factor;
                    });
                });
                return total(products);
            }

            private static int total(List<Integer> numbers) {
                return numbers.stream().mapToInt(Integer::intValue).sum();
            }
        }
        TestEngine engine = TestEngine.with(new Nested()).crashAfter("times", 2);
        TestRun run = engine.start(Nested.class, None.NONE);
        engine.advance(Duration.ofSeconds(2));

        assertThat(run.output(Integer.class)).isEqualTo(333);
        assertThat(effects.count("times")).isEqualTo(8);
    }

    @Test
    void theContextAroundAForkIsRefusedInItsBranches() {
        @Workflow("wrong-context")
        class WrongContext implements DurableWorkflow<None, List<String>> {
            @Override
            public List<String> run(WorkflowContext ctx, None nothing) {
                return ctx.parallel("f", List.of(c -> ctx.step("outer", String.class, () -> "no")));
            }
        }
        TestRun run = TestEngine.with(new WrongContext()).start(WrongContext.class, None.NONE);

        assertThat(run.error().orElseThrow().code()).isEqualTo("CONTEXT_IN_USE");
    }
}
