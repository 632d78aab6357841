package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.ReadJournal;
import dev.pawl.engine.command.ReportCode;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the engine's transactions are while durable code does quick steps, one after the other. */
@Tag("W-01")
class CheckpointCostTest {

    private final List<String> transactions = new ArrayList<>();

    /** Notes the command of each transaction. */
    private final class Noting implements CommandBus {
        private final CommandBus bus;

        Noting(CommandBus bus) {
            this.bus = bus;
        }

        @Override
        public <R> Outcome<R> execute(Envelope<R> envelope) {
            transactions.add(envelope.command().getClass().getSimpleName());
            return bus.execute(envelope);
        }

        @Override
        public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
            transactions.add(envelopes.get(0).command().getClass().getSimpleName());
            return bus.executeTogether(envelopes);
        }

        @Override
        public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
            transactions.add("with code");
            return bus.executeWith(work, report, keep);
        }
    }

    private int count(Class<?> command) {
        return (int)
                transactions.stream().filter(command.getSimpleName()::equals).count();
    }

    @Workflow("steps")
    static final class Steps implements DurableWorkflow<Integer, Integer> {
        @Override
        public Integer run(WorkflowContext ctx, Integer count) {
            int sum = 0;
            for (int i = 0; i < count; i++) {
                int number = i;
                sum += ctx.step("add", Integer.class, () -> number);
            }
            return sum;
        }
    }

    @Test
    void eachQuickStepIsOneReportAndTheEndIsOneMore() {
        TestEngine engine = TestEngine.with(new Steps()).disturb(Noting::new);

        assertThat(engine.start("steps", 50).output(Integer.class)).isEqualTo(1_225);

        assertThat(count(ReportCode.class)).isLessThanOrEqualTo(51);
        assertThat(count(ReadJournal.class))
                .as("code that stays is not replayed")
                .isZero();
    }

    @Workflow("called")
    static final class Called implements DurableWorkflow<Integer, String> {
        @Override
        public String run(WorkflowContext ctx, Integer steps) {
            for (int i = 0; i < steps; i++) {
                ctx.step("prepare", String.class, () -> "ready");
            }
            return ctx.waitFor(CALLED, "c", Duration.ofDays(1)).orElse("nobody called");
        }
    }

    private static final EventType<String> CALLED = EventType.of("called", String.class);

    @Test
    void aShortJournalComesWithTheLeaseOfWhatAnEventWakes() {
        TestEngine engine = TestEngine.with(new Called()).disturb(Noting::new);
        TestRun called = engine.start("called", 2);
        transactions.clear();

        engine.publish(CALLED, "c", "hello");

        assertThat(called.output(String.class)).isEqualTo("hello");
        assertThat(count(ReadJournal.class)).isZero();
    }

    @Test
    void aLongJournalIsReadByTheWorker() {
        TestEngine engine = TestEngine.with(new Called()).disturb(Noting::new);
        TestRun called = engine.start("called", 50);
        transactions.clear();

        engine.publish(CALLED, "c", "hello");

        assertThat(called.output(String.class)).isEqualTo("hello");
        assertThat(count(ReadJournal.class)).isEqualTo(1);
    }

    @Test
    void stepsWakeNobodyWhoLooksForWork() {
        TestEngine engine = TestEngine.with(new Steps()).disturb(Noting::new);
        engine.start("steps", 1);
        int looks = count(TakeWork.class);
        transactions.clear();

        engine.start("steps", 60);

        assertThat(count(TakeWork.class)).isEqualTo(looks);
    }

    @Workflow("marks")
    static final class Marks implements DurableWorkflow<Integer, Integer> {
        @Override
        public Integer run(WorkflowContext ctx, Integer count) {
            for (int i = 0; i < count; i++) {
                ctx.changed("change-" + i);
                ctx.fork("fork").joinAll();
            }
            return ctx.step("only", Integer.class, () -> count);
        }
    }

    @Test
    void whatNothingDependsOnWaitsForTheNextStepsReport() {
        TestEngine engine = TestEngine.with(new Marks()).disturb(Noting::new);

        assertThat(engine.start("marks", 20).output(Integer.class)).isEqualTo(20);

        assertThat(count(ReportCode.class)).isEqualTo(2);
    }
}
