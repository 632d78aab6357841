package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.model.Suspension;
import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.model.limit.Hold;
import dev.pawl.engine.port.StaleRunException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link dev.pawl.engine.port.RunStore} keeps and gives back when nobody else is at it. */
@SuppressWarnings("try") // a held transaction does its work by being open
public abstract class RunStoreContract extends StoreContract {

    private static final Instant LATER = NOW.plusSeconds(60);

    // what is saved is what is loaded

    @Test
    @Tag("R-06")
    void aRunThatALimitHoldsIsNotPendingForClaims() {
        RunId id = nextId();
        Hold hold = new Hold(true, true, "CONCURRENCY", "1 of 'a|b' at a time", NOW.plusSeconds(3));
        committing(() -> {
            Run run = newRun(header(id, TENANT, 5, NOW));
            run.hold(hold);
            runs().save(List.of(run));
        });
        assertThat(commit(() -> runs().lockPending(10))).isEmpty();
        assertThat(stored(id).state().hold()).isEqualTo(hold);
        change(id, run -> run.hold(hold.released()));
        List<Run> pending = commit(() -> runs().lockPending(10));
        assertThat(ids(pending)).containsExactly(id);
        assertThat(pending.get(0).state().hold()).isEqualTo(hold.released());
    }

    @Test
    void aNewRunComesBackAsItWas() {
        RunId id = nextId();
        RunHeader header = new RunHeader(id, TENANT, "flow", 7, 9, "corr", "ann", new RunId("parent"), NOW);
        Run run = Run.create(header, request(id));
        committing(() -> runs().save(List.of(run)));

        Run loaded = stored(id);

        assertThat(loaded.header()).isEqualTo(header);
        assertThat(loaded.state()).isEqualTo(run.state());
        assertThat(loaded.loadedVersion()).isEqualTo(1);
        assertThat(loaded.isNew()).isFalse();
        assertThat(loaded.isChanged()).isFalse();
        assertThat(loaded.steps()).isEmpty();
    }

    @Test
    @Tag("E-06")
    void aRunKeepsTheTraceItWasCreatedIn() {
        RunId traced = nextId();
        RunId stateless = nextId();
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        for (var entry : Map.of(
                        traced, new TraceContext(parent, "a=1,b=2 3"), stateless, new TraceContext(parent, null))
                .entrySet()) {
            RunHeader header =
                    new RunHeader(entry.getKey(), TENANT, "flow", 7, 9, "corr", "ann", null, NOW, entry.getValue());
            Run run = Run.create(header, request(header.id()));
            run.record("workflow:created", NOW, "cause", "{}");
            committing(() -> runs().save(List.of(run)));
            assertThat(stored(header.id()).header()).isEqualTo(header);
        }
        assertThat(commit(() -> runs().lockPending(10)))
                .extracting(run -> run.header().trace())
                .containsOnly(new TraceContext(parent, "a=1,b=2 3"), new TraceContext(parent, null));
        assertThat(commit(() -> freshEntries(10)).entries())
                .extracting(entry -> entry.trace().orElseThrow().state())
                .containsExactlyInAnyOrder("a=1,b=2 3", null);
    }

    @Test
    void everyPropertyOfAStepComesBack() {
        RunId id = running(NOW, "a", "b", "c");
        StepFigures figures = new StepFigures("{\"done\":1}", "{\"pages\":3}", 0.25, 17);
        change(id, run -> {
            run.lease("a", new Lease("t1", "node#1", LATER), NOW);
            run.lease("b", new Lease("t2", "node#1", LATER), NOW);
            run.lease("c", new Lease("t3", "node#2", LATER), NOW);
            run.completeStep("a", Payload.of("{\"text\":\"ü \\\"{},\\\\ \"}"), figures, LATER);
            run.requeue("b", LATER, 1, new Failure("BOOM", "it said \"no\"", "b"));
            run.progress("c", "{\"message\":\"half\"}");
        });

        Run loaded = stored(id);

        assertThat(loaded.step("a"))
                .contains(new StepState(
                        "a",
                        "Step a",
                        StepKind.STAGE,
                        0,
                        0,
                        StepStatus.COMPLETED,
                        1,
                        null,
                        null,
                        NOW,
                        LATER,
                        Payload.of("{\"text\":\"ü \\\"{},\\\\ \"}"),
                        null,
                        null,
                        "{\"done\":1}",
                        "{\"pages\":3}",
                        0.25,
                        17));
        StepState waiting = loaded.step("b").orElseThrow();
        assertThat(waiting.status()).isEqualTo(StepStatus.PENDING);
        assertThat(waiting.dueAt()).isEqualTo(LATER);
        assertThat(waiting.lease()).isNull();
        assertThat(waiting.failure()).isEqualTo(new Failure("BOOM", "it said \"no\"", "b"));
        StepState leased = loaded.step("c").orElseThrow();
        assertThat(leased.lease()).isEqualTo(new Lease("t3", "node#2", LATER));
        assertThat(leased.progress()).isEqualTo("{\"message\":\"half\"}");
        assertThat(loaded.state().cost()).isEqualTo(0.25);
        assertThat(loaded.state().tokens()).isEqualTo(17);
    }

    @Test
    void theEndOfARunComesBack() {
        RunId completed = running(NOW, "a");
        RunId failed = running(NOW, "a");
        RunId paused = pending();
        change(completed, run -> {
            run.lease("a", new Lease("t", "n#1", LATER), NOW);
            run.completeStep("a", Payload.of("1"), StepFigures.NONE, LATER);
            run.complete(new Payload.Stored("runs/x/output"), LATER);
        });
        change(failed, run -> run.fail(new Failure("NOPE", "no", "a"), LATER));
        change(paused, run -> run.pause(true));

        assertThat(stored(completed).state().output()).isEqualTo(new Payload.Stored("runs/x/output"));
        assertThat(stored(completed).state().completedAt()).isEqualTo(LATER);
        assertThat(stored(failed).state().failure()).isEqualTo(new Failure("NOPE", "no", "a"));
        assertThat(stored(failed).status()).isEqualTo(RunStatus.FAILED);
        assertThat(stored(failed).step("a").orElseThrow().status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(stored(paused).state().paused()).isTrue();
    }

    @Test
    void onlyTheStepsOfTheCurrentGroupAreLoadedInOrder() {
        RunId id = running(NOW, "first");
        change(id, run -> {
            run.lease("first", new Lease("t", "n#1", LATER), NOW);
            run.completeStep("first", Payload.of("1"), StepFigures.NONE, NOW);
            run.open(1, steps(1, NOW, "z", "m", "a"));
        });

        Run loaded = stored(id);

        assertThat(loaded.state().group()).isEqualTo(1);
        assertThat(loaded.steps()).extracting(StepState::id).containsExactly("z", "m", "a");
        assertThat(commit(() -> runs().outputs(id))).isEqualTo(Map.of("first", Payload.of("1")));
    }

    @Test
    void manyRunsAreSavedAndLockedTogether() {
        List<Run> fresh = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            fresh.add(newRun(header(nextId(), TENANT, 5, NOW.plusMillis(i))));
        }
        List<RunId> ids = ids(fresh);
        committing(() -> runs().save(fresh));
        committing(() -> {
            Map<RunId, Run> locked = runs().lock(ids);
            locked.values().forEach(run -> {
                run.start(NOW);
                run.open(0, steps(0, NOW, "a", "b"));
            });
            runs().save(locked.values());
        });

        Map<RunId, Run> loaded = commit(() -> runs().lock(ids));

        assertThat(loaded).hasSize(60);
        assertThat(loaded.values()).allSatisfy(run -> {
            assertThat(run.steps()).hasSize(2);
            assertThat(run.loadedVersion()).isEqualTo(2);
        });
        assertThat(loaded.keySet())
                .containsExactlyElementsOf(ids.stream().sorted().toList());
    }

    @Test
    void unknownIdsAreAbsent() {
        RunId known = pending();
        assertThat(commit(() -> runs().lock(List.of(known, new RunId("nobody")))))
                .containsOnlyKeys(known);
        assertThat(commit(() -> runs().lock(List.of()))).isEmpty();
    }

    @Test
    void savingNothingOrAnUnchangedRunChangesNothing() {
        RunId id = pending();
        committing(() -> runs().save(List.of()));
        committing(() -> runs().save(List.of(lockOne(id))));
        assertThat(stored(id).loadedVersion()).isEqualTo(1);
    }

    @Test
    void aTransactionSeesItsOwnChanges() {
        RunId id = nextId();
        committing(() -> {
            runs().save(List.of(newRun(header(id, TENANT, 5, NOW))));
            assertThat(lockOne(id).status()).isEqualTo(RunStatus.PENDING);
        });
    }

    @Test
    void aRolledBackTransactionLeavesNothing() {
        RunId fresh = nextId();
        RunId known = running(NOW, "a");
        rollback(() -> {
            runs().save(List.of(newRun(header(fresh, TENANT, 5, NOW))));
            changeHere(known, run -> {
                run.lease("a", new Lease("t", "n#1", LATER), NOW);
                run.record("stage:started", NOW, "cause", "{}");
            });
        });

        assertThat(commit(() -> runs().lock(List.of(fresh)))).isEmpty();
        assertThat(stored(known).step("a").orElseThrow().status()).isEqualTo(StepStatus.PENDING);
        assertThat(fixture().queries().events(known, 0, 100).items()).hasSize(2);
    }

    @Test
    void requestsAndOutputsAreReadByName() {
        RunId id = running(NOW, "a", "b", "c");
        change(id, run -> {
            run.lease("a", new Lease("t", "n#1", LATER), NOW);
            run.lease("b", new Lease("t", "n#1", LATER), NOW);
            run.completeStep("b", new Payload.Stored("blob/b"), StepFigures.NONE, NOW);
            run.completeStep("a", Payload.of("[1]"), StepFigures.NONE, NOW);
        });

        Map<RunId, RunRequest> requests = commit(() -> runs().requests(List.of(id, new RunId("nobody"))));
        assertThat(requests).isEqualTo(Map.of(id, request(id)));
        assertThat(commit(() -> runs().requests(List.of()))).isEmpty();
        assertThat(commit(() -> runs().outputs(id, List.of("b", "c", "unknown"))))
                .isEqualTo(Map.of("b", new Payload.Stored("blob/b")));
        assertThat(commit(() -> runs().outputs(id)))
                .containsExactly(Map.entry("a", Payload.of("[1]")), Map.entry("b", new Payload.Stored("blob/b")));
    }

    // versions

    @Test
    @Tag("K-27")
    void theVersionStartsAtOneAndRisesByOneWithEachSave() {
        RunId id = pending();
        assertThat(stored(id).state().version()).isEqualTo(1);
        change(id, run -> run.start(NOW));
        change(id, run -> {
            run.open(0, steps(0, NOW, "a"));
            run.record("x", NOW, "c", "{}");
        });
        assertThat(stored(id).state().version()).isEqualTo(3);
    }

    @Test
    @Tag("K-27")
    void aStaleRunIsRefusedAndNothingIsKept() {
        RunId stale = pending();
        RunId other = pending();
        Run old = stored(stale).committed();
        change(stale, run -> run.pause(true));

        assertThatThrownBy(() -> committing(() -> {
                    Run fine = lockOne(other);
                    fine.pause(true);
                    old.start(NOW);
                    old.record("workflow:started", NOW, "c", "{}");
                    runs().save(List.of(fine, old));
                }))
                .isInstanceOf(StaleRunException.class)
                .hasMessageContaining(stale.value());

        assertThat(stored(stale).status()).isEqualTo(RunStatus.PENDING);
        assertThat(stored(other).state().paused()).isFalse();
        assertThat(fixture().queries().events(stale, 0, 10).items()).hasSize(1);
    }

    @Test
    void aRunKeptFromTheTransactionBeforeIsSavedWithoutLockingItAgain() {
        RunId id = running(NOW, "a");
        Run run = stored(id).committed();
        committing(() -> {
            run.lease("a", new Lease("t", "n#1", LATER), NOW);
            runs().save(List.of(run));
        });
        Run next = run.committed();
        committing(() -> {
            next.completeStep("a", Payload.of("1"), StepFigures.NONE, NOW);
            runs().save(List.of(next));
        });
        assertThat(stored(id).state().version()).isEqualTo(4);
    }

    // picking

    @Test
    @Tag("K-02")
    void pendingRunsComeByPriorityThenInOrderOfCreation() {
        RunId late = pending(5, NOW.plusSeconds(2));
        RunId early = pending(5, NOW.plusSeconds(1));
        RunId low = pending(1, NOW);
        RunId high = pending(9, NOW.plusSeconds(3));

        assertThat(ids(commit(() -> runs().lockPending(3)))).containsExactly(high, early, late);
        assertThat(ids(commit(() -> runs().lockPending(10)))).containsExactly(high, early, late, low);
    }

    @Test
    void pendingRunsBringTheirRequest() {
        RunId id = pending();
        Run run = commit(() -> runs().lockPending(1)).get(0);
        assertThat(run.request()).contains(request(id));
        assertThat(run.header().createdAt()).isEqualTo(NOW);
    }

    @Test
    @Tag("K-34")
    void pausedRunsAreNotPicked() {
        RunId waiting = pending();
        RunId due = running(NOW, "a");
        change(waiting, run -> run.pause(true));
        change(due, run -> run.pause(true));

        assertThat(commit(() -> runs().lockPending(10))).isEmpty();
        assertThat(commit(() -> runs().lockDue(10, LATER))).isEmpty();

        change(waiting, run -> run.pause(false));
        change(due, run -> run.pause(false));
        assertThat(ids(commit(() -> runs().lockPending(10)))).containsExactly(waiting);
        assertThat(ids(commit(() -> runs().lockDue(10, LATER)))).containsExactly(due);
    }

    @Test
    void startedAndFinishedRunsAreNotPending() {
        running(NOW, "a");
        RunId cancelled = pending();
        change(cancelled, run -> run.cancel(Failure.of("CANCELLED", "by ann"), NOW));
        assertThat(commit(() -> runs().lockPending(10))).isEmpty();
    }

    @Test
    void aRunIsDueWhenAPendingStepIs() {
        RunId id = running(LATER, "a", "b");
        assertThat(commit(() -> runs().lockDue(10, LATER.minusNanos(1_000)))).isEmpty();

        List<Run> due = commit(() -> runs().lockDue(10, LATER));

        assertThat(ids(due)).containsExactly(id);
        assertThat(due.get(0).steps()).extracting(StepState::id).containsExactly("a", "b");
        change(id, run -> {
            run.lease("a", new Lease("t", "n#1", LATER), LATER);
            run.lease("b", new Lease("u", "n#1", LATER), LATER);
        });
        assertThat(commit(() -> runs().lockDue(10, LATER))).isEmpty();
    }

    @Test
    @Tag("K-02")
    void dueRunsComeByPriority() {
        RunId low = running(NOW, "a");
        RunId high = pending(9, NOW);
        change(high, run -> {
            run.start(NOW);
            run.open(0, steps(0, LATER, "a"));
        });
        assertThat(ids(commit(() -> runs().lockDue(1, LATER)))).containsExactly(high);
        assertThat(ids(commit(() -> runs().lockDue(2, LATER)))).containsExactly(high, low);
    }

    @Test
    void noMoreRunsAreDueThanStepsWereAskedFor() {
        for (int i = 0; i < 5; i++) {
            running(NOW, "a");
        }
        assertThat(commit(() -> runs().lockDue(3, NOW))).hasSize(3);
    }

    @Test
    @Tag("K-16")
    void aRunWhoseLeaseEndedIsExpired() {
        RunId expired = leased("n#1", LATER);
        leased("n#1", LATER.plusSeconds(60));

        assertThat(commit(() -> runs().lockExpired(10, LATER))).isEmpty();
        List<Run> found = commit(() -> runs().lockExpired(10, LATER.plusNanos(1_000)));
        assertThat(ids(found)).containsExactly(expired);
        assertThat(found.get(0).step("a").orElseThrow().lease()).isEqualTo(new Lease("token-" + expired, "n#1", LATER));
        change(expired, run -> run.cancel(Failure.of("CANCELLED", "by ann"), NOW));
        assertThat(commit(() -> runs().lockExpired(10, LATER.plusSeconds(1)))).isEmpty();
    }

    @Test
    @Tag("K-16")
    void whatAnEarlierIncarnationOfANodeLeasedIsLeftBehind() {
        RunId behind = leased("node#old", LATER);
        leased("node#new", LATER);
        leased("node2#old", LATER);
        leased("nod#old", LATER);

        assertThat(ids(commit(() -> runs().lockLeftBehind(10, "node", "node#new"))))
                .containsExactly(behind);
    }

    @Test
    @Tag("K-16")
    void extendedLeasesAreThoseTheOwnerStillHolds() {
        RunId held = leased("n#1", LATER);
        RunId ended = leased("n#1", LATER);
        RunId foreign = leased("n#2", LATER);
        change(ended, run -> run.completeStep("a", Payload.of("1"), StepFigures.NONE, NOW));
        Instant until = LATER.plusSeconds(30);

        Set<StepKey> extended = commit(() -> runs().extendLeases("n#1", until));

        assertThat(extended).containsExactly(new StepKey(held, "a"));
        assertThat(stored(held).step("a").orElseThrow().lease().until()).isEqualTo(until);
        assertThat(stored(foreign).step("a").orElseThrow().lease().until()).isEqualTo(LATER);
        assertThat(stored(held).state().version())
                .as("a heartbeat does not change the run")
                .isEqualTo(3);
    }

    // several transactions at once

    @Test
    void aLockedRunIsWaitedForAndThenSeenAsItBecame() {
        RunId id = running(NOW, "a");
        Future<Run> waiter;
        try (Held other = held(() -> changeHere(id, run -> {
            run.lease("a", new Lease("t", "n#1", LATER), NOW);
            run.completeStep("a", Payload.of("1"), StepFigures.NONE, NOW);
            run.open(1, steps(1, NOW, "b", "c"));
        }))) {
            waiter = elsewhere(() -> lockOne(id));
            assertWaits(waiter);
        }
        Run seen = get(waiter);
        assertThat(seen.loadedVersion()).isEqualTo(3);
        assertThat(seen.state().group()).isEqualTo(1);
        assertThat(seen.steps()).extracting(StepState::id).containsExactly("b", "c");
    }

    @Test
    void aStepChangedWhileTheRunWasWaitedForIsSeenChanged() {
        RunId id = running(NOW, "a", "b");
        Future<Run> waiter;
        try (Held other = held(() -> changeHere(id, run -> run.lease("a", new Lease("t", "n#1", LATER), NOW)))) {
            waiter = elsewhere(() -> lockOne(id));
            assertWaits(waiter);
        }
        assertThat(get(waiter).steps())
                .extracting(StepState::status)
                .containsExactly(StepStatus.RUNNING, StepStatus.PENDING);
    }

    @Test
    void aRunThatWasLockedAndRolledBackIsSeenAsBefore() {
        RunId id = running(NOW, "a");
        Held other = held(() -> changeHere(id, run -> run.fail(new Failure("X", "x", null), NOW)));
        Future<Run> waiter = elsewhere(() -> lockOne(id));
        assertWaits(waiter);
        other.rollback();
        assertThat(get(waiter).status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void namedRunsAreLockedInOrderSoThatNobodyDeadlocks() {
        List<RunId> ids = List.of(pending(), pending(), pending(), pending());
        List<RunId> reversed = new ArrayList<>(ids);
        java.util.Collections.reverse(reversed);
        List<Future<Integer>> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            List<RunId> mine = thread % 2 == 0 ? ids : reversed;
            threads.add(others.submit(() -> {
                for (int i = 0; i < 15; i++) {
                    committing(() -> {
                        Map<RunId, Run> locked = runs().lock(mine);
                        locked.values().forEach(run -> run.pause(!run.state().paused()));
                        runs().save(locked.values());
                    });
                }
                return 15;
            }));
        }
        threads.forEach(StoreContract::get);
        ids.forEach(id -> assertThat(stored(id).state().version()).isEqualTo(61));
    }

    @Test
    @Tag("K-05")
    void pickedRunsAreSkippedByOthersWhoGetTheNextOnes() {
        RunId first = pending(9, NOW);
        RunId second = pending(8, NOW);
        RunId third = pending(7, NOW);
        try (Held other = held(() -> assertThat(ids(runs().lockPending(2))).containsExactly(first, second))) {
            assertThat(ids(get(elsewhere(() -> runs().lockPending(2))))).containsExactly(third);
        }
    }

    @Test
    void dueRunsLockedByOthersAreSkipped() {
        RunId first = running(NOW, "a");
        RunId second = running(NOW, "a");
        try (Held other = held(() -> lockOne(first))) {
            assertThat(ids(get(elsewhere(() -> runs().lockDue(1, NOW))))).containsExactly(second);
        }
    }

    @Test
    void expiredRunsLockedByOthersAreSkipped() {
        RunId first = leased("n#1", NOW);
        RunId second = leased("n#1", NOW.plusMillis(1));
        try (Held other = held(() -> lockOne(first))) {
            assertThat(ids(get(elsewhere(() -> runs().lockExpired(1, LATER))))).containsExactly(second);
            assertThat(ids(get(elsewhere(() -> runs().lockLeftBehind(1, "n", "n#2")))))
                    .containsExactly(second);
        }
    }

    @Test
    @Tag("K-05")
    void manyClaimersNeverGetTheSameRun() {
        int total = 120;
        List<Run> fresh = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            fresh.add(newRun(header(nextId(), TENANT, i % 10, NOW)));
        }
        committing(() -> runs().save(fresh));
        List<Future<List<RunId>>> claimers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            claimers.add(others.submit(this::claimUntilNoneIsLeft));
        }
        List<RunId> claimed = new ArrayList<>();
        claimers.forEach(claimer -> claimed.addAll(get(claimer)));
        assertThat(claimed).hasSize(total).doesNotHaveDuplicates();
    }

    private List<RunId> claimUntilNoneIsLeft() {
        List<RunId> mine = new ArrayList<>();
        int empty = 0;
        while (empty < 3) {
            List<RunId> claimed = commit(() -> {
                List<Run> runs = runs().lockPending(4);
                runs.forEach(run -> run.start(NOW));
                runs().save(runs);
                return ids(runs);
            });
            mine.addAll(claimed);
            empty = claimed.isEmpty() ? empty + 1 : 0;
        }
        return mine;
    }

    @Test
    void workersThatRaceForDueStepsNeverLeaseOneTwice() {
        List<RunId> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(running(NOW, "a", "b", "c"));
        }
        List<Future<List<StepKey>>> workers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String owner = "n#" + i;
            workers.add(others.submit(() -> leaseUntilNothingIsDue(owner)));
        }
        List<StepKey> leased = new ArrayList<>();
        workers.forEach(worker -> leased.addAll(get(worker)));
        assertThat(leased).hasSize(36).doesNotHaveDuplicates();
        assertThat(new HashSet<>(ids)).allSatisfy(id -> assertThat(stored(id).steps())
                .allMatch(step -> step.status() == StepStatus.RUNNING && step.attempt() == 1));
    }

    private List<StepKey> leaseUntilNothingIsDue(String owner) {
        List<StepKey> mine = new ArrayList<>();
        int empty = 0;
        while (empty < 3) {
            List<StepKey> leased = commit(() -> {
                List<StepKey> here = new ArrayList<>();
                List<Run> due = runs().lockDue(2, NOW);
                for (Run run : due) {
                    StepState step = run.steps().stream()
                            .filter(candidate -> candidate.status() == StepStatus.PENDING)
                            .findFirst()
                            .orElseThrow();
                    run.lease(step.id(), new Lease(owner + step.id(), owner, LATER), NOW);
                    here.add(new StepKey(run.id(), step.id()));
                }
                runs().save(due);
                return here;
            });
            mine.addAll(leased);
            empty = leased.isEmpty() ? empty + 1 : 0;
        }
        return mine;
    }

    @Test
    @Tag("K-07")
    void parallelReportsCloseAGroupOnce() {
        String[] names = {"a", "b", "c", "d", "e", "f"};
        RunId id = running(NOW, names);
        change(id, run -> List.of(names).forEach(name -> run.lease(name, new Lease(name, "n#1", LATER), NOW)));
        List<Future<Boolean>> reports = new ArrayList<>();
        for (String name : names) {
            reports.add(elsewhere(() -> {
                Run run = lockOne(id);
                run.completeStep(name, Payload.of("1"), new StepFigures(null, null, 1, 1), NOW);
                run.record("stage:completed", NOW, name, "{}");
                boolean last = run.isGroupComplete();
                if (last) {
                    run.complete(Payload.of("2"), NOW);
                }
                runs().save(List.of(run));
                return last;
            }));
        }
        assertThat(reports.stream().map(StoreContract::get).filter(last -> last))
                .hasSize(1);
        assertThat(stored(id).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(stored(id).state().tokens()).isEqualTo(6);
    }

    @Test
    @Tag("K-22")
    void sequencesHaveNoGapsUnderParallelChanges() {
        RunId id = pending();
        List<Future<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            int writer = i;
            writers.add(others.submit(() -> {
                Change change = run -> {
                    run.record("x", NOW, "cause-" + writer, "{}");
                    run.record("y", NOW, "cause-" + writer, "{}");
                };
                if (writer % 4 == 0) {
                    rollback(() -> changeHere(id, change));
                } else {
                    change(id, change);
                }
                return true;
            }));
        }
        writers.forEach(StoreContract::get);
        var events = fixture().queries().events(id, 0, 1_000).items();
        assertThat(events).hasSize(1 + 2 * 18);
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).sequence()).isEqualTo(i + 1);
        }
    }

    @Test
    void aHeartbeatIsNotUndoneByASaveThatReadTheLeaseBefore() {
        RunId id = leased("n#1", LATER);
        Run read = stored(id).committed();
        Instant until = LATER.plus(Duration.ofMinutes(5));
        committing(() -> runs().extendLeases("n#1", until));
        committing(() -> {
            read.progress("a", "{\"message\":\"on\"}");
            runs().save(List.of(read));
        });
        StepState step = stored(id).step("a").orElseThrow();
        assertThat(step.progress()).isEqualTo("{\"message\":\"on\"}");
        assertThat(step.lease().until()).isEqualTo(until);
    }

    // suspension, reruns and repair

    @Test
    void whatASuspendedStepKeepsComesBack() {
        RunId id = running(NOW, "a");
        Suspension kept = new Suspension(
                Payload.of("{\"ticket\":\"a|b\"}"), Duration.ofSeconds(90), LATER.plusSeconds(3600), 4, 2);
        change(id, run -> {
            run.lease("a", new Lease("t", "node#1", LATER), NOW);
            run.suspend("a", kept, LATER, 1, null, StepFigures.NONE);
            run.settle();
        });

        Run loaded = stored(id);

        assertThat(loaded.status()).isEqualTo(RunStatus.SUSPENDED);
        StepState step = loaded.step("a").orElseThrow();
        assertThat(step.suspension()).isEqualTo(kept);
        assertThat(step.status()).isEqualTo(StepStatus.SUSPENDED);
        assertThat(step.dueAt()).isEqualTo(LATER);
        assertThat(step.attempt()).isEqualTo(1);
    }

    @Test
    void aSuspendedStepIsPickedOnceItIsDueAndOnlyOnce() {
        RunId id = running(NOW, "a");
        Suspension kept = new Suspension(Payload.EMPTY, Duration.ofSeconds(90), LATER.plusSeconds(3600), 0, 0);
        change(id, run -> {
            run.lease("a", new Lease("t", "node#1", LATER), NOW);
            run.suspend("a", kept, LATER, 1, null, StepFigures.NONE);
            run.settle();
        });

        assertThat(ids(commit(() -> runs().lockDue(10, LATER.minusSeconds(1))))).doesNotContain(id);
        assertThat(ids(commit(() -> runs().lockDue(10, LATER)))).contains(id);
        change(id, run -> run.lease("a", new Lease("t2", "node#1", LATER), LATER));
        assertThat(ids(commit(() -> runs().lockDue(10, LATER)))).doesNotContain(id);
        assertThat(ids(commit(() -> runs().lockExpired(10, LATER.plusSeconds(1)))))
                .contains(id);
        assertThat(stored(id).status()).isEqualTo(RunStatus.SUSPENDED);
    }

    @Test
    void aSuspendedStepWithoutADueTimeIsNeverPicked() {
        RunId id = running(NOW, "a");
        change(id, run -> {
            run.lease("a", new Lease("t", "node#1", LATER), NOW);
            run.suspend("a", null, null, 0, null, StepFigures.NONE);
            run.settle();
        });

        assertThat(ids(commit(() -> runs().lockDue(10, LATER.plusSeconds(100_000)))))
                .doesNotContain(id);
    }

    @Test
    void droppedStepsAreGoneAndTheOthersStay() {
        RunId id = running(NOW, "a");
        change(id, run -> {
            run.lease("a", new Lease("t", "node#1", LATER), NOW);
            run.completeStep("a", Payload.of("1"), StepFigures.NONE, NOW);
            run.open(1, steps(1, NOW, "b"));
            run.fail(Failure.of("BOOM", "no"), NOW);
        });
        change(id, run -> {
            runs().dropSteps(id, 1);
            run.rerun(1, steps(1, LATER, "b"), 7, StepFigures.NONE);
            run.lease("b", new Lease("t8", "node#1", LATER), LATER);
        });

        assertThat(commit(() -> runs().steps(id)).stream().map(StepState::id).toList())
                .containsExactly("a", "b");
        Run loaded = stored(id);
        assertThat(loaded.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(loaded.state().failure()).isNull();
        assertThat(loaded.state().completedAt()).isNull();
        assertThat(loaded.step("b").orElseThrow().attempt()).isEqualTo(8);
        assertThat(loaded.countedAttempt(8)).isEqualTo(1);
    }

    @Test
    void aReplacedRequestComesBack() {
        RunId id = running(NOW, "a");
        RunRequest edited = request(id)
                .withInput(Payload.of("{\"edited\":true}"))
                .withEdited(new RunRequest.Edited(2, new Payload.Stored("runs/x/input-9")));
        change(id, run -> run.replaceRequest(edited));

        assertThat(commit(() -> runs().requests(List.of(id)))).containsEntry(id, edited);
        assertThat(stored(id).loadedVersion()).isEqualTo(3);
    }

    @Test
    void onlyARunWithNothingToComeIsStuck() {
        RunId due = running(LATER, "a");
        RunId held = leased("node#1", LATER);
        RunId done = running(NOW, "a");
        change(done, run -> {
            run.lease("a", new Lease("t", "node#1", LATER), NOW);
            run.completeStep("a", Payload.of("1"), StepFigures.NONE, NOW);
        });
        RunId finished = running(NOW, "a");
        change(finished, run -> run.fail(Failure.of("BOOM", "no"), NOW));

        List<RunId> stuck = ids(commit(() -> runs().lockStuck(1_000)));

        assertThat(stuck).contains(done).doesNotContain(due, held, finished, pending());
    }

    @Test
    void discardedBlobsAreKnownOnceTheirTransactionHasCommitted() {
        String key = "runs/" + nextId() + "/a/1";
        rollback(() -> runs().discard(List.of(key)));
        assertThat(commit(() -> runs().discarded(1_000))).doesNotContain(key);
        committing(() -> runs().discard(List.of(key)));
        assertThat(commit(() -> runs().discarded(1_000))).contains(key);
        committing(() -> runs().forget(List.of(key)));
        assertThat(commit(() -> runs().discarded(1_000))).doesNotContain(key);
    }
}
