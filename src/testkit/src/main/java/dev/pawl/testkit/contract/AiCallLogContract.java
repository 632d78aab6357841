package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.AiCall.Status;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.AiCallLog;
import dev.pawl.engine.query.AiCallFilter;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.engine.query.AiStatistics;
import dev.pawl.engine.query.AiStatistics.Group;
import dev.pawl.engine.query.AiStatistics.Sum;
import dev.pawl.engine.query.Page;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AiCallLog} keeps to, and how its calls are read and summed. */
public abstract class AiCallLogContract extends StoreContract {

    private AiCallLog log() {
        return fixture().aiCalls();
    }

    private static AiCall call(String id, RunId run, String topic, String model, Instant at) {
        return new AiCall(
                id,
                TENANT,
                run,
                "flow",
                "a",
                2,
                topic,
                AiCall.Type.TEXT,
                model,
                "gpt-" + model,
                Status.SUCCEEDED,
                null,
                null,
                "what?",
                "that",
                10,
                3,
                new BigDecimal("0.000012500000"),
                Duration.ofMillis(420),
                at);
    }

    private static AiCall submitted(String id, RunId run) {
        return new AiCall(
                id,
                TENANT,
                run,
                "flow",
                "a",
                1,
                "t.batch",
                AiCall.Type.BATCH,
                "fast",
                "gpt-fast",
                Status.SUBMITTED,
                null,
                "batch_1",
                "the question",
                "",
                0,
                0,
                BigDecimal.ZERO,
                Duration.ZERO,
                NOW);
    }

    private static AiCall ended(AiCall open, String answer) {
        return open.ended(Status.SUCCEEDED, null, answer, Duration.ofHours(2)).using(100, 20, new BigDecimal("0.5"));
    }

    private List<AiCallView> calls(RunId run) {
        return fixture().aiCallQueries().calls(run, Optional.empty(), 100).items();
    }

    private AiStatistics statistics(AiCallFilter filter) {
        return fixture().aiCallQueries().statistics(filter, 100);
    }

    private static AiCallFilter topic(String prefix) {
        return new AiCallFilter(TENANT, prefix, null, null, null);
    }

    @Test
    @Tag("A-01")
    void aCallComesBackAsItWas() {
        RunId run = nextId();
        AiCall good = call("c1", run, "docs/summary", "fast", NOW);
        AiCall bad = call("c2", run, "docs/summary", "fast", NOW.plusMillis(1))
                .ended(Status.FAILED, Failure.of("AI_TIMEOUT", "too slow: é"), "", Duration.ofSeconds(9))
                .using(0, 0, BigDecimal.ZERO);
        committing(() -> log().record(List.of(bad, good)));

        assertThat(calls(run)).containsExactly(AiCallView.of(good), AiCallView.of(bad));
        assertThat(calls(run).get(0).cost()).isEqualTo(new BigDecimal("0.0000125"));
        assertThat(calls(run).get(1).error()).isEqualTo(new AiCallView.Error("AI_TIMEOUT", "too slow: é"));
    }

    @Test
    @Tag("A-01")
    void aCallKeptAlreadyStaysAsItIs() {
        RunId run = nextId();
        AiCall first = call("c1", run, "t", "fast", NOW);
        committing(() -> log().record(List.of(first)));
        committing(
                () -> log().record(List.of(call("c1", run, "other", "smart", NOW), call("c2", run, "t", "fast", NOW))));
        assertThat(calls(run)).extracting(AiCallView::id).containsExactly("c1", "c2");
        assertThat(calls(run).get(0)).isEqualTo(AiCallView.of(first));
    }

    @Test
    @Tag("A-01")
    void largeTextsAndStrangeCharactersComeBackWhole() {
        RunId run = nextId();
        String large = "0123456789abcdé\n\"'\0".repeat(20_000);
        AiCall call = call("c1", run, "t", "fast", NOW).ended(Status.SUCCEEDED, null, large, Duration.ZERO);
        committing(() -> log().record(List.of(call)));
        assertThat(calls(run).get(0).response()).isEqualTo(large.replace('\0', '\uFFFD'));
    }

    @Test
    @Tag("A-01")
    void callsOfARunAreReadInPages() {
        RunId run = nextId();
        List<AiCall> calls = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            calls.add(call("c%02d".formatted(i), run, "t", "fast", NOW.plusSeconds(i / 4)));
        }
        committing(() -> log().record(calls));
        committing(() -> log().record(List.of(call("x", nextId(), "t", "fast", NOW))));

        List<String> read = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            Page<AiCallView> page = fixture().aiCallQueries().calls(run, cursor, 7);
            page.items().forEach(item -> read.add(item.id()));
            cursor = Optional.ofNullable(page.next());
            pages++;
        } while (cursor.isPresent());

        assertThat(read)
                .containsExactlyElementsOf(calls.stream().map(AiCall::id).toList());
        assertThat(pages).isEqualTo(4);
        assertThatThrownBy(() -> fixture().aiCallQueries().calls(run, Optional.of("nonsense"), 7))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("A-02")
    void aBatchIsSettledOnceHoweverOftenItIsRead() {
        RunId run = nextId();
        AiCall open = submitted("b1", run);
        committing(() -> log().record(List.of(open)));
        assertThat(calls(run)).extracting(AiCallView::status).containsExactly(Status.SUBMITTED);

        List<AiCall> read =
                List.of(ended(open, "first reading"), ended(submitted("b2", run), "nobody knew of this one"));
        assertThat(commit(() -> log().settle(read))).isEqualTo(Set.of("b1", "b2"));
        assertThat(commit(() -> log().settle(List.of(ended(open, "second reading")))))
                .isEmpty();
        committing(() -> log().record(List.of(open)));

        assertThat(calls(run))
                .extracting(AiCallView::response)
                .containsExactly("first reading", "nobody knew of this one");
        assertThat(calls(run).get(0).prompt()).isEqualTo("the question");
        assertThat(calls(run).get(0).durationMs()).isEqualTo(7_200_000);
    }

    @Test
    @Tag("A-02")
    void twoReadersAtTheSameMomentSettleABatchOnce() {
        RunId run = nextId();
        AiCall open = submitted("b1", run);
        committing(() -> log().record(List.of(open)));
        Future<Set<String>> other;
        try (Held first = held(
                () -> assertThat(log().settle(List.of(ended(open, "first")))).hasSize(1))) {
            other = elsewhere(() -> log().settle(List.of(ended(open, "second"))));
            assertWaits(other);
            first.commit();
        }
        assertThat(get(other)).isEmpty();
        assertThat(calls(run)).extracting(AiCallView::response).containsExactly("first");
    }

    @Test
    @Tag("A-02")
    void aSettlementThatRolledBackIsMadeAgain() {
        RunId run = nextId();
        AiCall open = submitted("b1", run);
        committing(() -> log().record(List.of(open)));
        rollback(() -> log().settle(List.of(ended(open, "lost"))));
        assertThat(commit(() -> log().settle(List.of(ended(open, "kept"))))).isEqualTo(Set.of("b1"));
        assertThat(calls(run)).extracting(AiCallView::response).containsExactly("kept");
    }

    @Test
    @Tag("A-03")
    void figuresAreSummedByTopicAndModelTheDearestFirst() {
        RunId run = nextId();
        AiCall invalid = call("c3", run, "docs.b", "smart", NOW)
                .ended(Status.INVALID, Failure.of("AI_INVALID_OBJECT", "x"), "y", Duration.ZERO)
                .using(7, 1, new BigDecimal("3.000000000001"));
        committing(() -> log().record(List.of(
                call("c1", run, "docs.a", "fast", NOW),
                call("c2", run, "docs.a", "fast", NOW),
                invalid,
                submitted("c4", run),
                call("c5", run, "dogs", "fast", NOW))));

        assertThat(statistics(topic("docs")))
                .isEqualTo(new AiStatistics(
                        List.of(
                                new Group("docs.b", "smart", 1, 1, 0, 7, 1, new BigDecimal("3.000000000001")),
                                new Group("docs.a", "fast", 2, 0, 0, 20, 6, new BigDecimal("0.000025"))),
                        new Sum(3, 1, 0, 27, 7, new BigDecimal("3.000025000001"))));
        assertThat(statistics(topic("t.")).total()).isEqualTo(new Sum(1, 0, 1, 0, 0, new BigDecimal("0")));
        assertThat(statistics(topic("docs_")).items()).isEmpty();
        assertThat(statistics(topic("none")).total()).isEqualTo(new Sum(0, 0, 0, 0, 0, BigDecimal.ZERO));
        assertThat(fixture().aiCallQueries().statistics(topic("do"), 1))
                .satisfies(shown -> assertThat(shown.items()).hasSize(1))
                .satisfies(shown -> assertThat(shown.total().calls()).isEqualTo(4));
    }

    @Test
    @Tag("A-03")
    void figuresAreThoseOfATenantAModelAndATime() {
        RunId run = nextId();
        committing(() -> log().record(List.of(
                call("c1", run, "t", "fast", NOW),
                call("c2", run, "t", "smart", NOW),
                call("c3", run, "t", "fast", NOW.plusSeconds(10)))));
        assertThat(statistics(new AiCallFilter(TENANT, null, null, null, null))
                        .total()
                        .calls())
                .isEqualTo(3);
        assertThat(statistics(new AiCallFilter("other", null, null, null, null))
                        .total()
                        .calls())
                .isZero();
        assertThat(statistics(new AiCallFilter(TENANT, null, "fast", null, null))
                        .total()
                        .calls())
                .isEqualTo(2);
        assertThat(statistics(new AiCallFilter(TENANT, "t", null, NOW, NOW.plusSeconds(10)))
                        .total()
                        .calls())
                .isEqualTo(2);
        assertThat(statistics(new AiCallFilter(TENANT, null, null, NOW.plusMillis(1), null))
                        .total()
                        .calls())
                .isEqualTo(1);
    }
}
