package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@link RunQueries} answer. */
@SuppressWarnings("try") // a held transaction does its work by being open
public abstract class RunQueriesContract extends StoreContract {

    private static final Instant LATER = NOW.plusSeconds(60);

    private RunQueries queries() {
        return fixture().queries();
    }

    private RunView find(RunId id) {
        return queries().find(TENANT, id).orElseThrow();
    }

    private RunId saved(String tenant, String workflow, String correlation, Instant createdAt) {
        RunId id = nextId();
        RunHeader header = new RunHeader(id, tenant, workflow, 1, 5, correlation, "ann", null, createdAt);
        committing(() -> runs().save(List.of(newRun(header))));
        return id;
    }

    private List<String> listed(RunFilter filter) {
        return queries().list(filter, Optional.empty(), 100).items().stream()
                .map(RunView::id)
                .toList();
    }

    private static List<String> values(RunId... ids) {
        return List.of(ids).stream().map(RunId::value).toList();
    }

    // one run

    @Test
    @Tag("E-05")
    void aPendingRunShowsWhatItsStarterGave() {
        RunId id = nextId();
        RunHeader header = new RunHeader(id, TENANT, "flow", 7, 9, "corr", "ann", new RunId("parent"), NOW);
        committing(() -> runs().save(List.of(newRun(header))));

        RunView view = find(id);

        assertThat(view.id()).isEqualTo(id.value());
        assertThat(view.tenant()).isEqualTo(TENANT);
        assertThat(view.workflowId()).isEqualTo("flow");
        assertThat(view.workflowVersion()).isEqualTo(7);
        assertThat(view.status()).isEqualTo(RunStatus.PENDING);
        assertThat(view.input()).isEqualTo(JsonCodec.parse("{\"of\":\"" + id + "\"}"));
        assertThat(view.config()).isEqualTo(JsonCodec.parse("{\"stage\":{\"limit\":2}}"));
        assertThat(view.metadata()).isEqualTo(JsonCodec.parse(request(id).metadata()));
        assertThat(view.priority()).isEqualTo(9);
        assertThat(view.correlationId()).isEqualTo("corr");
        assertThat(view.parentRunId()).isEqualTo("parent");
        assertThat(view.principal()).isEqualTo("ann");
        assertThat(view.createdAt()).isEqualTo(NOW);
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.startedAt()).isNull();
        assertThat(view.durationMs()).isNull();
        assertThat(view.output()).isNull();
        assertThat(view.error()).isNull();
        assertThat(view.stages()).isEmpty();
        assertThat(view.waiting()).extracting(RunView.Waiting::reason).containsExactly("CLAIM");
    }

    @Test
    @Tag("E-05")
    void aRunningRunShowsAllItsStagesAndWhatItWaitsFor() {
        RunId id = running(NOW, "first");
        change(id, run -> {
            run.lease("first", new Lease("t", "n#1", LATER), NOW);
            run.completeStep(
                    "first",
                    Payload.of("{\"n\":1}"),
                    new StepFigures("{\"p\":1}", "{\"m\":2}", 0.5, 3),
                    NOW.plusSeconds(1));
            run.open(1, steps(1, NOW, "ready", "busy", "again"));
            run.lease("busy", new Lease("u", "n#1", LATER), NOW.plusSeconds(2));
            run.lease("again", new Lease("v", "n#1", LATER), NOW.plusSeconds(2));
            run.requeue("again", LATER, 1, new Failure("BOOM", "bang", "again"));
        });
        fixture().clock().set(NOW.plusSeconds(10));

        RunView view = find(id);

        assertThat(view.stages()).extracting(RunView.StageView::id).containsExactly("first", "ready", "busy", "again");
        RunView.StageView first = view.stages().get(0);
        assertThat(first.status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(first.name()).isEqualTo("Step first");
        assertThat(first.group()).isZero();
        assertThat(first.output()).isEqualTo(JsonCodec.parse("{\"n\":1}"));
        assertThat(first.progress()).isEqualTo(JsonCodec.parse("{\"p\":1}"));
        assertThat(first.metrics()).isEqualTo(JsonCodec.parse("{\"m\":2}"));
        assertThat(view.durationMs()).isEqualTo(10_000);
        assertThat(view.totals()).isEqualTo(new RunView.Totals(0.5, 3));
        assertThat(view.waiting()).extracting(RunView.Waiting::reason).containsExactly("WORKER", "RUNNING", "RETRY");
        assertThat(view.waiting().get(2).until()).isEqualTo(LATER);
        assertThat(view.waiting().get(2).detail()).contains("again", "bang");
    }

    @Test
    @Tag("E-05")
    void aFinishedRunShowsItsEndAndWaitsForNothing() {
        RunId completed = running(NOW, "a");
        change(completed, run -> {
            run.lease("a", new Lease("t", "n#1", LATER), NOW);
            run.completeStep("a", Payload.of("1"), StepFigures.NONE, LATER);
            run.complete(Payload.of("[true]"), LATER);
        });
        RunId failed = running(NOW, "a");
        change(failed, run -> run.fail(new Failure("NOPE", "no", "a"), LATER));

        assertThat(find(completed).output()).isEqualTo(JsonCodec.parse("[true]"));
        assertThat(find(completed).durationMs()).isEqualTo(60_000);
        assertThat(find(completed).completedAt()).isEqualTo(LATER);
        assertThat(find(completed).waiting()).isEmpty();
        assertThat(find(failed).error()).isEqualTo(new Failure("NOPE", "no", "a"));
        assertThat(find(failed).waiting()).isEmpty();
    }

    @Test
    @Tag("K-34")
    void aPausedRunWaitsForItsResumption() {
        RunId id = running(NOW, "a");
        change(id, run -> run.pause(true));
        assertThat(find(id).paused()).isTrue();
        assertThat(find(id).waiting()).extracting(RunView.Waiting::reason).containsExactly("PAUSED");
    }

    @Test
    @Tag("D-08")
    void aLargeOutputIsShownFromTheBlobStore() {
        RunId id = running(NOW, "a");
        change(id, run -> {
            fixture().blobs().put("out", "{\"large\":true}");
            run.lease("a", new Lease("t", "n#1", LATER), NOW);
            run.completeStep("a", new Payload.Stored("out"), StepFigures.NONE, LATER);
            run.complete(new Payload.Stored("gone"), LATER);
        });
        assertThat(find(id).stages().get(0).output()).isEqualTo(JsonCodec.parse("{\"large\":true}"));
        assertThat(find(id).output()).isEqualTo(JsonCodec.parse("{\"missingBlob\":\"gone\"}"));
    }

    @Test
    @Tag("J-07")
    void aRunOfAnotherTenantDoesNotExist() {
        RunId id = saved("other", "flow", "c", NOW);
        assertThat(queries().find(TENANT, id)).isEmpty();
        assertThat(listed(RunFilter.ofTenant(TENANT))).isEmpty();
        assertThat(listed(RunFilter.ofTenant("other"))).containsExactly(id.value());
    }

    @Test
    @Tag("K-12")
    void uncommittedChangesAreNotSeen() {
        RunId id = pending();
        try (Held other = held(() -> changeHere(id, run -> run.start(NOW)))) {
            assertThat(find(id).status()).isEqualTo(RunStatus.PENDING);
        }
        assertThat(find(id).status()).isEqualTo(RunStatus.RUNNING);
    }

    // lists

    @Test
    void listsShowTheNewestFirstWithoutTheLargeParts() {
        RunId old = saved(TENANT, "flow", "c", NOW);
        RunId recent = saved(TENANT, "flow", "c", NOW.plusSeconds(2));
        RunId middle = saved(TENANT, "flow", "c", NOW.plusSeconds(1));

        Page<RunView> page = queries().list(RunFilter.ofTenant(TENANT), Optional.empty(), 10);

        assertThat(page.items()).extracting(RunView::id).containsExactlyElementsOf(values(recent, middle, old));
        assertThat(page.next()).isNull();
        assertThat(page.items().get(0).input()).isNull();
        assertThat(page.items().get(0).output()).isNull();
        assertThat(page.items().get(0).stages()).isEmpty();
    }

    @Test
    void everyMemberOfTheFilterRestricts() {
        RunId one = saved(TENANT, "alpha", "c-1", NOW);
        RunId two = saved(TENANT, "beta", "c-2", NOW.plusSeconds(1));
        RunId three = saved(TENANT, "beta", "x%y", NOW.plusSeconds(2));
        change(two, run -> run.start(NOW));
        change(three, run -> run.cancel(Failure.of("CANCELLED", "by ann"), NOW));
        RunFilter all = RunFilter.ofTenant(TENANT);

        assertThat(listed(new RunFilter(TENANT, "beta", Set.of(), null, null, null, null)))
                .containsExactlyElementsOf(values(three, two));
        assertThat(listed(new RunFilter(
                        TENANT, null, Set.of(RunStatus.RUNNING, RunStatus.PENDING), null, null, null, null)))
                .containsExactlyElementsOf(values(two, one));
        assertThat(listed(new RunFilter(TENANT, null, Set.of(), "c-2", null, null, null)))
                .containsExactlyElementsOf(values(two));
        assertThat(listed(new RunFilter(TENANT, null, Set.of(), null, NOW.plusSeconds(1), null, null)))
                .containsExactlyElementsOf(values(three, two));
        assertThat(listed(new RunFilter(TENANT, null, Set.of(), null, null, NOW.plusSeconds(1), null)))
                .containsExactlyElementsOf(values(one));
        assertThat(listed(new RunFilter(TENANT, null, Set.of(), null, null, null, "x%")))
                .containsExactlyElementsOf(values(three));
        assertThat(listed(new RunFilter(TENANT, null, Set.of(), null, null, null, "lph")))
                .containsExactlyElementsOf(values(one));
        assertThat(listed(new RunFilter(
                        TENANT, null, Set.of(), null, null, null, two.value().substring(2))))
                .containsExactlyElementsOf(values(two));
        assertThat(listed(new RunFilter(TENANT, "beta", Set.of(RunStatus.CANCELLED), "x%y", NOW, LATER, "y")))
                .containsExactlyElementsOf(values(three));
        assertThat(listed(all)).hasSize(3);
    }

    @Test
    void aRunIsItsOwnCorrelationWhenItHasNoOther() {
        RunId id = nextId();
        RunHeader header = new RunHeader(id, TENANT, "flow", 1, 5, id.value(), "ann", null, NOW);
        committing(() -> runs().save(List.of(newRun(header))));
        RunId follower = saved(TENANT, "flow", id.value(), LATER);
        assertThat(listed(new RunFilter(TENANT, null, Set.of(), id.value(), null, null, null)))
                .containsExactlyElementsOf(values(follower, id));
    }

    @Test
    void pagesFollowEachOtherWithoutGapsWhileRunsAreAdded() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            expected.add(0, saved(TENANT, "flow", "c", NOW.plusSeconds(i / 5)).value());
        }
        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            Page<RunView> page = queries().list(RunFilter.ofTenant(TENANT), cursor, 5);
            page.items().forEach(run -> seen.add(run.id()));
            cursor = Optional.ofNullable(page.next());
            pages++;
            saved(TENANT, "flow", "c", LATER);
        } while (cursor.isPresent());
        assertThat(seen).isEqualTo(expected);
        assertThat(pages).isEqualTo(5);
    }

    @Test
    void aCursorNobodyMadeIsRefused() {
        for (String cursor : List.of("", "x", "AAAA", "é", "bm9uc2Vuc2Uh")) {
            assertThatThrownBy(() -> queries().list(RunFilter.ofTenant(TENANT), Optional.of(cursor), 5))
                    .as("cursor '" + cursor + "'")
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    // history

    @Test
    @Tag("K-22")
    void eventsComeInOrderWithTheirOwnCauseAndTime() {
        RunId id = pending();
        change(id, run -> {
            run.record("one", NOW, "cause-1", "{\"a\":[1,2.50,\"é\"]}");
            run.record("two", LATER, "cause-2", "{}");
            run.record("three", LATER, "cause-2", "{\"b\":{}}");
        });

        assertThat(queries().events(id, 0, 10).items())
                .containsExactly(
                        new EventView(
                                1, "workflow:created", NOW, "cause-create", JsonCodec.parse("{\"workflow\":\"flow\"}")),
                        new EventView(2, "one", NOW, "cause-1", JsonCodec.parse("{\"a\":[1,2.50,\"é\"]}")),
                        new EventView(3, "two", LATER, "cause-2", JsonCodec.parse("{}")),
                        new EventView(4, "three", LATER, "cause-2", JsonCodec.parse("{\"b\":{}}")));
    }

    @Test
    void eventsAreReadInPartsThatMayCutATransaction() {
        RunId id = pending();
        for (int i = 0; i < 4; i++) {
            change(id, run -> {
                run.record("a", NOW, "c", "{}");
                run.record("b", NOW, "c", "{}");
                run.record("c", NOW, "c", "{}");
            });
        }
        List<Long> seen = new ArrayList<>();
        Page<EventView> page;
        long after = 0;
        do {
            page = queries().events(id, after, 4);
            page.items().forEach(event -> seen.add(event.sequence()));
            after = seen.get(seen.size() - 1);
            if (page.next() != null) {
                assertThat(page.next()).isEqualTo(String.valueOf(after));
            }
        } while (page.next() != null);
        assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L);
        assertThat(queries().events(id, 13, 4).items()).isEmpty();
        assertThat(queries().events(new RunId("nobody"), 0, 4).items()).isEmpty();
    }

    @Test
    void statusesOfManyRunsAreReadAtOnce() {
        RunId one = pending();
        RunId two = running(NOW, "a");
        assertThat(queries().statuses(List.of(one, two, new RunId("nobody"))))
                .isEqualTo(Map.of(one, RunStatus.PENDING, two, RunStatus.RUNNING));
        assertThat(queries().statuses(List.of())).isEmpty();
    }

    @Test
    void aRunHeldInATransactionCanStillBeRead() {
        RunId id = pending();
        try (Held other = held(() -> lockOne(id))) {
            assertThat(find(id).status()).isEqualTo(RunStatus.PENDING);
        }
    }
}
