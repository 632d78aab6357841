package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.NonRetryableException;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.StageOptions;
import dev.pawl.api.StageOutputs;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.RunView.StageView;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryEventSink.Published;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestEngine.AfterCrash;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Whatever goes wrong, a run comes to an end that its history tells correctly. */
@Tag("K-16")
@Tag("K-22")
class RandomRunsTest {

    enum Mishap {
        NONE,
        FAILURE,
        FATAL,
        CRASH_BEFORE,
        CRASH_AFTER
    }

    /** What befalls a stage, one mishap per execution. */
    record StagePlan(int attempts, boolean isTransactional, List<Mishap> mishaps) {}

    record Plan(List<List<StagePlan>> groups, int runs, int places, AfterCrash afterCrash) {}

    @Property(tries = 300)
    void everyRunEndsAndItsHistoryIsWhole(@ForAll("plans") Plan plan) {
        TestEngine engine = TestEngine.with(pipeline(plan))
                .workerSettings(new WorkerSettings(plan.places(), TestEngine.LEASE, 8, 1))
                .afterCrash(plan.afterCrash());
        script(plan, engine);
        List<TestRun> runs = new ArrayList<>();
        for (int i = 0; i < plan.runs(); i++) {
            runs.add(engine.submit(Flows.create("random", i % 10)));
        }

        engine.runUntilIdle();
        engine.advance(Duration.ofHours(2));

        runs.forEach(run -> check(plan, engine, run));
        Statistics.label("end of the first run").collect(runs.get(0).status()).coverage(coverage -> {
            coverage.check(RunStatus.COMPLETED).percentage(part -> part > 10);
            coverage.check(RunStatus.FAILED).percentage(part -> part > 10);
        });
    }

    private static void check(Plan plan, TestEngine engine, TestRun run) {
        assertThat(run.status()).isIn(RunStatus.COMPLETED, RunStatus.FAILED);
        assertThat(run.view().waiting()).isEmpty();
        checkHistory(engine, run);
        for (StageView stage : run.view().stages()) {
            assertThat(stage.status()).isIn(StepStatus.COMPLETED, StepStatus.FAILED, StepStatus.CANCELLED);
            assertThat(stage.attempt())
                    .isLessThanOrEqualTo(planOf(plan, stage.id()).attempts());
            assertThat(run.executions(stage.id()))
                    .as("user code of " + stage.id() + " was never started without an attempt to show for it")
                    .isLessThanOrEqualTo(stage.attempt());
            assertThat(countOf(run, "stage:completed", stage.id()))
                    .isEqualTo(stage.status() == StepStatus.COMPLETED ? 1 : 0);
        }
        if (run.status() == RunStatus.COMPLETED) {
            assertThat(run.view().stages())
                    .hasSizeGreaterThanOrEqualTo(
                            plan.groups().stream().mapToInt(List::size).sum())
                    .allMatch(stage -> stage.status() == StepStatus.COMPLETED);
            assertThat(run.view().output()).isNotNull();
        } else {
            assertThat(run.error()).isPresent();
            assertThat(countOf(run, "stage:failed", run.error().orElseThrow().stage()))
                    .isEqualTo(1);
        }
    }

    private static void checkHistory(TestEngine engine, TestRun run) {
        List<EventView> events = run.events();
        assertThat(events)
                .extracting(EventView::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(run.eventTypes()).filteredOn(HistoryTest::isTerminal).hasSize(1);
        assertThat(run.eventTypes()).last().matches(HistoryTest::isTerminal);
        assertThat(run.eventTypes()).startsWith("workflow:created", "workflow:started");
        assertThat(engine.published())
                .filteredOn(published -> published.run().equals(run.id()))
                .extracting(Published::event)
                .extracting(event -> event.sequence())
                .containsExactlyElementsOf(
                        events.stream().map(EventView::sequence).toList());
    }

    private static long countOf(TestRun run, String type, String stage) {
        return run.events().stream()
                .filter(event -> event.type().equals(type))
                .filter(event -> event.payload().get("stage").asText().equals(stage))
                .count();
    }

    private static Pipeline<Text, ?> pipeline(Plan plan) {
        Pipeline.Builder<Text, Text> builder = Pipeline.named("random", Text.class);
        Pipeline.Builder<Text, ?> last = builder;
        for (int group = 0; group < plan.groups().size(); group++) {
            List<TextStage> stages = new ArrayList<>();
            for (int i = 0; i < plan.groups().get(group).size(); i++) {
                stages.add(stage(group, i, plan.groups().get(group).get(i)));
            }
            if (stages.size() == 1) {
                builder = builder.then(stages.get(0));
                last = builder;
            } else if (stages.size() == 2) {
                builder =
                        builder.parallel(stages.get(0), stages.get(1), (a, b) -> new Text(a.value() + "|" + b.value()));
                last = builder;
            } else {
                Pipeline.Builder<Text, StageOutputs> open = builder.parallel(stages.toArray(TextStage[]::new));
                last = open;
            }
        }
        return last.build();
    }

    private static TextStage stage(int group, int ordinal, StagePlan plan) {
        return TextStage.append(id(group, ordinal))
                .with(new StageOptions(
                        Retry.exponential(plan.attempts(), Duration.ofSeconds(1)),
                        plan.isTransactional(),
                        Duration.ZERO));
    }

    private static void script(Plan plan, TestEngine engine) {
        for (int group = 0; group < plan.groups().size(); group++) {
            for (int i = 0; i < plan.groups().get(group).size(); i++) {
                for (Mishap mishap : plan.groups().get(group).get(i).mishaps()) {
                    script(engine, id(group, i), mishap);
                }
            }
        }
    }

    private static void script(TestEngine engine, String stage, Mishap mishap) {
        switch (mishap) {
            case FAILURE -> engine.failStage(stage, 1, new IOException("again"));
            case FATAL -> engine.failStage(stage, 1, new NonRetryableException("FATAL", "never again"));
            case CRASH_BEFORE -> engine.crashBefore(stage);
            case CRASH_AFTER -> engine.crashAfter(stage);
            case NONE -> assertThat(stage).isNotEmpty();
        }
    }

    private static StagePlan planOf(Plan plan, String stageId) {
        if (stageId.equals("join")) {
            return new StagePlan(3, false, List.of());
        }
        String[] place = stageId.substring(1).split("-");
        return plan.groups().get(Integer.parseInt(place[0])).get(Integer.parseInt(place[1]));
    }

    private static String id(int group, int ordinal) {
        return "s" + group + "-" + ordinal;
    }

    @Provide
    Arbitrary<Plan> plans() {
        Arbitrary<Mishap> mishap = Arbitraries.frequency(
                Tuple.of(4, Mishap.NONE),
                Tuple.of(4, Mishap.FAILURE),
                Tuple.of(1, Mishap.FATAL),
                Tuple.of(3, Mishap.CRASH_BEFORE),
                Tuple.of(3, Mishap.CRASH_AFTER));
        Arbitrary<StagePlan> stage = Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(true, false),
                        mishap.list().ofMaxSize(4))
                .as(StagePlan::new);
        Arbitrary<List<StagePlan>> group = stage.list().ofMinSize(1).ofMaxSize(2);
        Arbitrary<List<StagePlan>> lastGroup = stage.list().ofMinSize(1).ofMaxSize(4);
        Arbitrary<List<List<StagePlan>>> groups = Combinators.combine(
                        group.list().ofMaxSize(3), lastGroup)
                .as((first, last) -> {
                    List<List<StagePlan>> all = new ArrayList<>(first);
                    all.add(last);
                    return all;
                });
        return Combinators.combine(
                        groups,
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(AfterCrash.values()))
                .as(Plan::new);
    }
}
