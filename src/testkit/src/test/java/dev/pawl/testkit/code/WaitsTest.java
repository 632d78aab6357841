package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.api.Arrivals;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.None;
import dev.pawl.api.Wait;
import dev.pawl.api.WaitTimeoutException;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-05")
class WaitsTest {

    record Approval(String by, boolean approved, int limit) {}

    static final EventType<Approval> DECIDED = EventType.of("approval.decided", Approval.class);
    static final EventType<String> PAID = EventType.of("paid", String.class);

    @Workflow("approval")
    static final class Approving implements DurableWorkflow<String, String> {
        @Override
        public String run(WorkflowContext ctx, String order) {
            Optional<Approval> decision = ctx.waitFor(DECIDED, order, Duration.ofHours(48));
            return decision.map(given -> given.approved() ? "approved by " + given.by() : "refused")
                    .orElse("nobody decided");
        }
    }

    @Test
    void anEventOfTheRightNameAndCorrelationEndsTheWait() {
        TestEngine engine = TestEngine.with(new Approving());
        TestRun run = engine.start(Approving.class, "o1");
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);

        engine.publish(PAID, "o1", "not this");
        engine.publish(DECIDED, "o2", new Approval("eve", true, 1));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.publish(DECIDED, "o1", new Approval("ann", true, 1));

        assertThat(run.output(String.class)).isEqualTo("approved by ann");
        assertThat(run.eventTypes()).containsSubsequence("wait:started", "workflow:suspended", "wait:completed");
    }

    @Test
    void withoutAnEventTheWaitEndsEmptyInItsTime() {
        TestEngine engine = TestEngine.with(new Approving());
        TestRun run = engine.start(Approving.class, "o1");

        engine.advance(Duration.ofHours(48));
        engine.publish(DECIDED, "o1", new Approval("ann", true, 1));

        assertThat(run.output(String.class)).isEqualTo("nobody decided");
        assertThat(run.eventTypes()).contains("wait:timed-out");
    }

    @Test
    void anEventThatComesEarlyIsKeptAndTakenOnce() {
        TestEngine engine = TestEngine.with(new Approving());
        engine.publish(DECIDED, "o1", new Approval("early", true, 1));

        assertThat(engine.start(Approving.class, "o1").output(String.class)).isEqualTo("approved by early");
        assertThat(engine.start(Approving.class, "o1").status()).isEqualTo(RunStatus.SUSPENDED);
    }

    @Test
    void anEventGoesToEveryWaitThatIsOpenForIt() {
        TestEngine engine = TestEngine.with(new Approving());
        List<TestRun> runs = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            runs.add(engine.submit(CreateRun.of("approval", TextNode.valueOf("o1"))));
        }
        engine.runUntilIdle();

        engine.publish(DECIDED, "o1", new Approval("ann", false, 1));

        assertThat(runs).allSatisfy(run -> {
            assertThat(run.output(String.class)).isEqualTo("refused");
            assertThat(run.eventTypes()).containsOnlyOnce("wait:completed");
        });
    }

    @Test
    void aDoubledEventIsAcceptedAndDoesNothing() {
        @Workflow("twice")
        class Twice implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                return ctx.require(Wait.forEvent(PAID).correlatedBy("x"))
                        + ctx.require(Wait.forEvent(PAID).correlatedBy("x"));
            }
        }
        TestEngine engine = TestEngine.with(new Twice());
        TestRun run = engine.start(Twice.class, None.NONE);
        var event = new PublishEvents.Event("shop/17", "paid", "x", JsonCodec.toTree("a"), null);

        engine.execute(PublishEvents.one(event));
        engine.runUntilIdle();
        engine.execute(PublishEvents.one(event));
        engine.runUntilIdle();
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.publish(PAID, "x", "b");

        assertThat(run.output(String.class)).isEqualTo("ab");
    }

    @Test
    void anEventWakesARunOnceThoughTheServerDies() {
        TestEngine engine = TestEngine.with(new Approving());
        TestRun run = engine.start(Approving.class, "o1");

        engine.deploy(new Approving());
        engine.publish(DECIDED, "o1", new Approval("ann", true, 1));

        assertThat(run.output(String.class)).isEqualTo("approved by ann");
    }

    @Workflow("filtering")
    static final class Filtering implements DurableWorkflow<None, String> {
        @Override
        public String run(WorkflowContext ctx, None nothing) {
            Wait<Approval> wait = Wait.forEvent(DECIDED)
                    .where("approved", true)
                    .where("limit", 1_000)
                    .atMost(Duration.ofDays(1));
            return ctx.waitFor(wait).map(Approval::by).orElse("nobody");
        }
    }

    @Test
    void filtersAskForPropertiesOfTheData() {
        TestEngine engine = TestEngine.with(new Filtering());
        engine.publish(DECIDED, "early", new Approval("kept, unfit", false, 1_000));
        TestRun run = engine.start(Filtering.class, None.NONE);

        engine.publish(DECIDED, "a", new Approval("not approved", false, 1_000));
        engine.publish(DECIDED, "b", new Approval("other limit", true, 1));
        engine.deploy(new Filtering());
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.publish(DECIDED, "c", new Approval("fits", true, 1_000));

        assertThat(run.output(String.class)).isEqualTo("fits");
    }

    @Test
    void aFilteredWaitTakesAKeptEventThatFits() {
        TestEngine engine = TestEngine.with(new Filtering());
        engine.publish(DECIDED, "a", new Approval("unfit", false, 1_000));
        engine.publish(DECIDED, "b", new Approval("kept", true, 1_000));

        assertThat(engine.start(Filtering.class, None.NONE).output(String.class))
                .isEqualTo("kept");
    }

    @Workflow("several")
    static final class Several implements DurableWorkflow<Boolean, String> {
        private final Wait<Approval> decided =
                Wait.forEvent(DECIDED).correlatedBy("x").atMost(Duration.ofHours(2));
        private final Wait<String> paid = Wait.forEvent(PAID).correlatedBy("x").atMost(Duration.ofHours(1));

        @Override
        public String run(WorkflowContext ctx, Boolean all) {
            Arrivals arrivals = all ? ctx.waitForAll("both", decided, paid) : ctx.waitForAny("either", decided, paid);
            return arrivals.of(decided).map(Approval::by).orElse("-") + " "
                    + arrivals.of(paid).orElse("-") + " "
                    + (arrivals.isComplete() ? "complete" : arrivals.isEmpty() ? "empty" : "partly");
        }
    }

    @Test
    void ofAnyTheFirstEventEndsTheWait() {
        TestEngine engine = TestEngine.with(new Several());
        TestRun run = engine.start(Several.class, false);
        engine.publish(PAID, "x", "cash");
        assertThat(run.output(String.class)).isEqualTo("- cash partly");

        TestRun other = engine.start(Several.class, false);
        engine.advance(Duration.ofHours(1));
        assertThat(other.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.publish(PAID, "x", "too late for its own limit");
        assertThat(other.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofHours(1));
        assertThat(other.output(String.class)).isEqualTo("- - empty");
    }

    @Test
    void ofAllEachEventIsAwaitedOrItsTime() {
        TestEngine engine = TestEngine.with(new Several());
        TestRun both = engine.start(Several.class, true);
        engine.publish(PAID, "x", "cash");
        assertThat(both.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.deploy(new Several());
        engine.publish(DECIDED, "x", new Approval("ann", true, 1));
        assertThat(both.output(String.class)).isEqualTo("ann cash complete");

        TestRun one = engine.start(Several.class, true);
        engine.publish(PAID, "x", "card");
        engine.advance(Duration.ofHours(2));
        assertThat(one.output(String.class)).isEqualTo("- card partly");

        engine.publish(PAID, "x", "early");
        TestRun early = engine.start(Several.class, true);
        engine.publish(DECIDED, "x", new Approval("bob", true, 1));
        assertThat(early.output(String.class)).isEqualTo("bob early complete");
    }

    @Workflow("uneven")
    static final class Uneven implements DurableWorkflow<None, String> {
        private final Wait<Approval> decided = Wait.forEvent(DECIDED).correlatedBy("x");
        private final Wait<String> paid = Wait.forEvent(PAID).correlatedBy("x").atMost(Duration.ofHours(1));

        @Override
        public String run(WorkflowContext ctx, None nothing) {
            Arrivals arrivals = ctx.waitForAll("both", decided, paid);
            return arrivals.of(decided).map(Approval::by).orElse("-") + " "
                    + arrivals.of(paid).orElse("-");
        }
    }

    @Test
    void ofAllTheWaitEndsWhenNothingMoreCanComeAndNotBefore() {
        TestEngine engine = TestEngine.with(new Uneven());
        TestRun early = engine.start(Uneven.class, None.NONE);
        TestRun late = engine.start(Uneven.class, None.NONE);

        engine.publish(DECIDED, "x", new Approval("ann", true, 1));
        assertThat(early.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(late.waitsUntil()).contains(engine.clock().now().plus(Duration.ofHours(1)));
        engine.advance(Duration.ofHours(1));
        assertThat(early.output(String.class)).isEqualTo("ann -");

        TestRun patient = engine.start(Uneven.class, None.NONE);
        engine.advance(Duration.ofHours(5));
        assertThat(patient.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.publish(DECIDED, "x", new Approval("bob", true, 1));
        assertThat(patient.output(String.class)).isEqualTo("bob -");

        engine.publish(DECIDED, "x", new Approval("kept", true, 1));
        TestRun kept = engine.start(Uneven.class, None.NONE);
        assertThat(kept.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofHours(1));
        assertThat(kept.output(String.class)).isEqualTo("kept -");
    }

    @Test
    void aWaitThrowsWhenItsAuthorAsksForThat() {
        @Workflow("strict")
        class Strict implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                try {
                    return ctx.require(Wait.forEvent(PAID).correlatedBy("a").atMost(Duration.ofMinutes(5)));
                } catch (WaitTimeoutException e) {
                    return ctx.require(Wait.forEvent(PAID).correlatedBy("b").atMost(Duration.ofMinutes(5)));
                }
            }
        }
        TestEngine engine = TestEngine.with(new Strict());
        TestRun run = engine.start(Strict.class, None.NONE);
        engine.advance(Duration.ofMinutes(10));

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().orElseThrow().code()).isEqualTo("WAIT_TIMEOUT");
        assertThat(run.error().orElseThrow().message()).contains("'paid' of 'b'");
    }

    @Test
    @Tag("W-15")
    void signalsReachTheRunTheyAreSentToAndAreKeptUntilItWaits() {
        @Workflow("signalled")
        class Signalled implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                ctx.sleep(Duration.ofHours(1));
                return ctx.waitForSignal("go", String.class) + ctx.waitForSignal("go", String.class);
            }
        }
        TestEngine engine = TestEngine.with(new Signalled());
        TestRun run = engine.start(Signalled.class, None.NONE);
        TestRun other = engine.start(Signalled.class, None.NONE);

        run.signal("go", "a").signal("go", "b");
        engine.advance(Duration.ofHours(1));

        assertThat(run.output(String.class)).isEqualTo("ab");
        assertThat(other.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThatThrownBy(() -> run.signal("go", "late"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("COMPLETED");
    }

    @Test
    void workflowsTellEachOtherByEvents() {
        Effects effects = new Effects();
        @Workflow("teller")
        class Teller implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                ctx.emit(PAID, "x", "cash");
                ctx.step("after", () -> effects.happen("after"));
                return "told";
            }
        }
        TestEngine engine = TestEngine.with(new Teller(), new Several())
                .crashBefore("after")
                .crashAfter("after");
        TestRun listener = engine.start(Several.class, false);

        TestRun teller = engine.start(Teller.class, None.NONE);

        assertThat(teller.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(teller.eventTypes()).containsOnlyOnce("event:emitted");
        assertThat(listener.output(String.class)).isEqualTo("- cash partly");
        assertThat(engine.start(Several.class, false).status()).as("told once").isEqualTo(RunStatus.SUSPENDED);
    }

    @Test
    @Tag("K-10")
    void aCancelledRunTakesNoEvents() {
        TestEngine engine = TestEngine.with(new Approving());
        TestRun run = engine.start(Approving.class, "o1");
        run.cancel("no longer wanted");

        engine.publish(DECIDED, "o1", new Approval("ann", true, 1));

        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(engine.start(Approving.class, "o1").output(String.class))
                .as("nobody took it")
                .isEqualTo("approved by ann");
    }

    @Test
    void badEventsAreRefused() {
        TestEngine engine = TestEngine.with(new Approving());
        assertThatThrownBy(
                        () -> engine.execute(PublishEvents.one(new PublishEvents.Event(null, " ", null, null, null))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("type");
        assertThatThrownBy(() ->
                        engine.execute(PublishEvents.one(new PublishEvents.Event(null, "signal/go", "r", null, null))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("signals");
    }

    @Test
    void aRunFindsTheEventItHasJustEmitted() {
        @Workflow("talks-to-itself")
        class TalksToItself implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                ctx.emit(PAID, "x", "cash");
                return ctx.waitFor(PAID, "x", Duration.ofHours(1)).orElse("nothing");
            }
        }
        TestRun run = TestEngine.with(new TalksToItself()).start(TalksToItself.class, None.NONE);

        assertThat(run.output(String.class)).isEqualTo("cash");
        assertThat(run.eventTypes()).as("it has nothing to wait for").doesNotContain("workflow:suspended");
    }
}
