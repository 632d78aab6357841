package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.Arrival;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StoredArtifact;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.RetentionStore;
import dev.pawl.engine.port.RetentionStore.OldRun;
import dev.pawl.engine.port.RetentionStore.Page;
import dev.pawl.engine.port.RetentionStore.Place;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.query.LogView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link RetentionStore} keeps to. */
@Tag("J-09")
public abstract class RetentionStoreContract extends StoreContract {

    private static final Duration DAY = Duration.ofDays(1);

    private RetentionStore retention() {
        return fixture().retention();
    }

    private List<OldRun> old(Instant createdBefore) {
        return commit(() -> {
            List<OldRun> found = new ArrayList<>();
            Optional<Place> place = Optional.of(Place.FIRST);
            while (place.isPresent()) {
                Page page = retention().look(place.get(), createdBefore, 2);
                assertThat(page.runs()).hasSizeLessThanOrEqualTo(2);
                found.addAll(page.runs());
                place = page.next();
            }
            return found;
        });
    }

    private OldRun old(RunId id) {
        return old(NOW.plus(DAY)).stream()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<RunId> lock(OldRun... runs) {
        return retention().lock(List.of(runs));
    }

    private RunId completed() {
        RunId id = running(NOW, "a");
        complete(id);
        deliverAll();
        return id;
    }

    private void complete(RunId id) {
        change(id, run -> {
            run.lease("a", new Lease("token", "node#1", NOW.plus(DAY)), NOW);
            run.completeStep("a", Payload.of("1"), StepFigures.NONE, NOW);
            run.complete(Payload.of("1"), NOW.plusSeconds(5));
            run.record("workflow:completed", NOW, "cause-end", "{}");
        });
    }

    private void deliverAll() {
        committing(() -> fixture().outbox().delivered(freshEntries(1_000).names()));
    }

    private void log(RunId run, Instant at, String message) {
        committing(() -> fixture().log().append(List.of(new RunLog.Line(run, at, "INFO", "a", 1, message, "{}"))));
    }

    private List<String> messages(RunId run) {
        return fixture().queries().logs(run, Optional.empty(), 100).items().stream()
                .map(LogView::message)
                .toList();
    }

    private static AiCall aiCall(RunId run, int number) {
        return new AiCall(
                run + "-" + number,
                TENANT,
                run,
                "flow",
                "a",
                1,
                "topic",
                AiCall.Type.TEXT,
                "model",
                "model",
                AiCall.Status.SUCCEEDED,
                null,
                null,
                "what?",
                "that",
                10,
                3,
                BigDecimal.ONE,
                Duration.ofMillis(420),
                NOW);
    }

    @Test
    void theWalkMeetsEveryOldRunOfEveryTenantOnceInOrderOfCreation() {
        List<RunId> acme = List.of(
                pending(5, NOW), pending(5, NOW), pending(5, NOW.plusSeconds(1)), pending(5, NOW.minusSeconds(1)));
        RunHeader other = header(nextId(), "zenith", 5, NOW);
        committing(() -> runs().save(List.of(newRun(other))));
        pending(5, NOW.plusSeconds(2));

        assertThat(old(NOW.plusSeconds(2)))
                .extracting(OldRun::id)
                .containsExactly(acme.get(3), acme.get(0), acme.get(1), acme.get(2), other.id());
        assertThat(old(NOW.minusSeconds(1))).isEmpty();
    }

    @Test
    void aRunIsToldAsItIs() {
        RunId done = completed();
        RunId open = running(NOW, "a");
        deliverAll();

        assertThat(old(done).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(old(done).completedAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(old(done).version()).isEqualTo(stored(done).state().version());
        assertThat(old(done).lastSequence()).isEqualTo(3);
        assertThat(old(done).isNeeded()).isFalse();
        assertThat(old(open).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(old(open).completedAt()).isNull();
    }

    @Test
    void aRunIsNeededWhileAnEventOfItIsNotDeliveredOrDead() {
        RunId run = completed();
        change(run, changed -> changed.record("noted", NOW, "c", "{}"));
        assertThat(isRemovable(run)).as("an event waits").isFalse();

        EntryName entry = freshName(run, 4);
        committing(() -> fixture().outbox().postpone(entry, NOW.plusSeconds(1), "not now"));
        assertThat(old(run).isNeeded()).as("an event is late").isTrue();

        EntryName late = new EntryName.Late(new EntryKey(run, 4), 1);
        committing(() -> fixture().outbox().bury(late, "nobody takes it", NOW));
        assertThat(old(run).isNeeded()).as("an event is dead").isTrue();

        assertThat(commit(() -> retention().removeDeadLetters(NOW, 10))).isZero();
        assertThat(commit(() -> retention().removeDeadLetters(NOW.plusMillis(1), 10)))
                .isEqualTo(1);
        assertThat(old(run).isNeeded()).isFalse();
        assertThat(isRemovable(run)).isTrue();
    }

    @Test
    void aRunIsKeptWhileAnEventOfItWaitsAndOthersOfItsTransactionAreNot() {
        RunId before = completed();
        RunId waits = completed();
        RunId delivered = completed();
        committing(() -> {
            List<Run> together = List.of(lockOne(waits), lockOne(delivered));
            together.forEach(run -> run.record("noted", NOW, "c", "{}"));
            runs().save(together);
        });
        EntryName first = freshName(delivered, 4);
        committing(() -> fixture().outbox().delivered(List.of(first)));

        List<OldRun> seen = List.of(old(before), old(waits), old(delivered));
        assertThat(commit(() -> retention().lock(seen))).containsExactly(before, delivered);
    }

    private boolean isRemovable(RunId run) {
        OldRun seen = old(run);
        return !seen.isNeeded() && commit(() -> lock(seen)).equals(List.of(run));
    }

    @Test
    void aChildIsNeededWhileItsParentIsNotFinished() {
        RunId parent = running(NOW, "a");
        RunId child = nextId();
        RunHeader header = new RunHeader(child, TENANT, "flow", 3, 5, "corr", "ann", parent, NOW);
        committing(() -> runs().save(List.of(newRun(header))));
        change(child, run -> {
            run.start(NOW);
            run.open(0, steps(0, NOW, "a"));
        });
        complete(child);
        deliverAll();
        assertThat(old(child).isNeeded()).isTrue();

        complete(parent);
        deliverAll();
        assertThat(old(child).isNeeded()).isFalse();
        assertThat(old(parent).isNeeded()).isFalse();
    }

    @Test
    void aRemovedRunLeavesNothingOfItself() {
        RunId run = completed();
        RunId stays = completed();
        OldRun seen = old(run);
        committing(() -> retention().remove(lock(seen)));

        assertThat(fixture().queries().find(TENANT, run)).isEmpty();
        assertThat(fixture().queries().events(run, 0, 10).items()).isEmpty();
        assertThat(commit(() -> runs().outputs(run))).isEmpty();
        assertThat(fixture().queries().find(TENANT, stays)).isPresent();
        assertThat(fixture().queries().events(stays, 0, 10).items()).hasSize(3);
        assertThat(commit(() -> runs().outputs(stays))).containsKey("a");
    }

    @Test
    void aRollbackBringsARemovedRunBack() {
        RunId run = completed();
        OldRun seen = old(run);
        rollback(() -> retention().remove(lock(seen)));
        assertThat(fixture().queries().events(run, 0, 10).items()).hasSize(3);
    }

    @Test
    void aRunThatChangedSinceItWasSeenOrIsLockedIsLeftAlone() {
        OldRun changed = old(completed());
        change(changed.id(), run -> run.record("noted", NOW, "c", "{}"));
        OldRun busy = old(completed());
        OldRun free = old(completed());

        Held held = held(() -> lockOne(busy.id()));
        assertThat(commit(() -> lock(changed, busy, free))).containsExactly(free.id());
        held.commit();
        assertThat(commit(() -> lock(busy))).containsExactly(busy.id());
    }

    @Test
    void oneTransactionAtATimeHasTheDuty() {
        Held held = held(() -> assertThat(retention().takeDuty()).isTrue());
        assertThat(commit(() -> retention().takeDuty())).isFalse();
        held.commit();
        assertThat(commit(() -> retention().takeDuty())).isTrue();
    }

    @Test
    void oldKeysAreRemovedInPortionsAndMayBeUsedAgain() {
        for (int i = 0; i < 5; i++) {
            var key = new IdempotencyStore.Key(TENANT, "run.create", "k" + i);
            Instant at = NOW.plusSeconds(i);
            committing(() -> {
                fixture().keys().reserve(key, "hash", at);
                fixture().keys().keep(key, "{}");
            });
        }
        assertThat(commit(() -> retention().removeKeys(NOW.plusSeconds(3), 2))).isEqualTo(2);
        assertThat(commit(() -> retention().removeKeys(NOW.plusSeconds(3), 2))).isEqualTo(1);
        assertThat(commit(() -> retention().removeKeys(NOW.plusSeconds(3), 2))).isZero();

        var first = new IdempotencyStore.Key(TENANT, "run.create", "k0");
        var last = new IdempotencyStore.Key(TENANT, "run.create", "k4");
        assertThat(commit(() -> fixture().keys().reserve(last, "hash", NOW))).isPresent();
        rollback(() -> assertThat(fixture().keys().reserve(first, "hash", NOW)).isEmpty());
    }

    @Test
    void oldLogLinesOfNamedRunsAreRemovedInPortions() {
        RunId run = running(NOW, "a");
        RunId other = running(NOW, "a");
        log(run, NOW, "old");
        log(run, NOW.plusSeconds(1), "old too");
        log(run, NOW.plusSeconds(5), "young");
        log(other, NOW, "of another run");

        Instant before = NOW.plusSeconds(5);
        assertThat(commit(() -> retention().removeLogLines(List.of(run), before, 1)))
                .isEqualTo(1);
        assertThat(commit(() -> retention().removeLogLines(List.of(run), before, 9)))
                .isEqualTo(1);
        assertThat(messages(run)).containsExactly("young");
        assertThat(messages(other)).hasSize(1);
    }

    @Test
    void whatIsAttachedGoesInPortions() {
        RunId run = completed();
        RunId stays = completed();
        for (RunId id : List.of(run, stays)) {
            log(id, NOW, "one");
            log(id, NOW, "two");
            committing(() -> {
                fixture().blobs().put("runs/" + id + "/input", "{}");
                fixture().blobs().put("runs/" + id + "/a/1", "{}");
                fixture().blobs().put("artifacts/" + id + "/a/1", "{}");
                for (String key : List.of("a", "b")) {
                    fixture()
                            .annotations()
                            .add(id, List.of(new Note("a", 1, key, key, "null", "null", false)), "ann", NOW);
                    fixture()
                            .artifacts()
                            .put(new StoredArtifact(id, key, "artifacts/" + id + "/a/1", "x/y", 1, "", "a", 1, NOW));
                }
                fixture().aiCalls().record(List.of(aiCall(id, 1), aiCall(id, 2)));
            });
            committing(() -> {
                Run locked = lockOne(id);
                locked.checkpoint(Checkpoint.begun(0, "", "one", 1, CheckpointKind.STEP, NOW));
                locked.checkpoint(Checkpoint.begun(1, "", "two", 1, CheckpointKind.STEP, NOW));
                fixture().runs().save(List.of(locked));
            });
        }
        for (Attached kind : fixture().attached()) {
            assertThat(commit(() -> kind.remove(Set.of(run), 1)))
                    .as(kind.toString())
                    .isEqualTo(1);
            commit(() -> kind.remove(Set.of(run), 5));
            assertThat(commit(() -> kind.remove(Set.of(run), 5))).isZero();
        }
        assertThat(messages(run)).isEmpty();
        assertThat(messages(stays)).hasSize(2);
        assertThat(commit(() -> fixture().blobs().list("runs/" + run + "/"))).isEmpty();
        assertThat(commit(() -> fixture().blobs().list("runs/" + stays + "/"))).hasSize(2);
        assertThat(fixture().artifacts().list(run, "", "", 9)).isEmpty();
        assertThat(fixture().artifacts().list(stays, "", "", 9)).hasSize(2);
        assertThat(commit(() -> fixture().blobs().list("artifacts/"))).containsExactly("artifacts/" + stays + "/a/1");
    }

    private PublishedEvent publish(String key, Payload data) {
        PublishedEvent event = new PublishedEvent(TENANT, key, "paid", key, data, NOW);
        publish(event);
        return event;
    }

    private void publish(PublishedEvent event) {
        committing(() -> fixture().waits().publish(List.of(event), (wait, one) -> true, NOW));
    }

    @Test
    @Tag("W-05")
    void oldEventsGoWithWhatTheyStoredAndADoubleIsANewEvent() {
        Instant after = NOW.plus(DAY);
        publish("inline", Payload.of("1"));
        publish("stored", new Payload.Stored("events/blob-of-stored"));

        assertThat(commit(() -> retention().removeEvents(after.minus(DAY.multipliedBy(2)), 10)))
                .isZero();
        assertThat(commit(() -> retention().removeEvents(after, 1))).isEqualTo(1);
        assertThat(commit(() -> retention().removeEvents(after, 10))).isEqualTo(1);
        assertThat(commit(() -> fixture().runs().discarded(10))).contains("events/blob-of-stored");
        PublishedEvent again = publish("inline", Payload.of("2"));
        assertThat(commit(() -> fixture().waits().take(again.channel(), event -> true)))
                .contains(again);
    }

    @Test
    @Tag("W-05")
    void anEventThatAWaitHasTakenStaysUntilItIsDelivered() {
        RunId run = new RunId("taker");
        PublishedEvent event = new PublishedEvent(TENANT, "taken", "paid", "taken", Payload.of("1"), NOW);
        committing(() ->
                fixture().waits().open(List.of(new OpenWait(run, 0, 0, event.channel(), OpenWait.NO_FILTER, null))));
        publish(event);
        Instant after = NOW.plus(DAY);

        assertThat(commit(() -> retention().removeEvents(after, 10))).isZero();
        List<Arrival> arrivals = commit(() -> fixture().waits().arrivals(List.of(run)));
        assertThat(arrivals).hasSize(1);
        committing(() -> fixture().waits().delivered(arrivals));

        assertThat(commit(() -> retention().removeEvents(after, 10))).isEqualTo(1);
    }
}
