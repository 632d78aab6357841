package dev.pawl.testkit.contract;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pawl.engine.model.Arrival;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.WaitStore;
import dev.pawl.engine.port.WaitStore.Ready;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link WaitStore} keeps to. */
@Tag("W-05")
public abstract class WaitStoreContract extends StoreContract {

    private static final AtomicInteger KEYS = new AtomicInteger();

    private WaitStore waits() {
        return fixture().waits();
    }

    private static PublishedEvent event(String name, String correlation, String data) {
        return event("key-" + KEYS.incrementAndGet(), name, correlation, data);
    }

    private static PublishedEvent event(String key, String name, String correlation, String data) {
        return new PublishedEvent(TENANT, key, name, correlation, Payload.of(data), NOW);
    }

    private static Channel channel(String name, String correlation) {
        return new Channel(TENANT, name, correlation);
    }

    private static OpenWait wait(RunId run, int ordinal, Channel channel, String filter, @Nullable Instant until) {
        return new OpenWait(run, ordinal, 0, channel, filter, until);
    }

    private static OpenWait wait(RunId run, Channel channel) {
        return wait(run, 0, channel, OpenWait.NO_FILTER, null);
    }

    private void open(OpenWait... waits) {
        committing(() -> waits().open(List.of(waits)));
    }

    /** As the kernel publishes. */
    private int publish(PublishedEvent... events) {
        return commit(() -> publishHere(events));
    }

    private int publishHere(PublishedEvent... events) {
        waits().lock(Arrays.stream(events).map(PublishedEvent::channel).collect(toSet()), Set.of());
        return waits().publish(List.of(events), (wait, event) -> wait.filter().contains("yes"), NOW);
    }

    private Optional<PublishedEvent> take(Channel channel) {
        return commit(() -> {
            waits().lock(Set.of(), Set.of(channel));
            return waits().take(channel, event -> true);
        });
    }

    private List<RunId> ready() {
        return commit(() -> waits().ready(100)).stream().map(Ready::run).toList();
    }

    private List<Arrival> arrivals(RunId... runs) {
        return commit(() -> waits().arrivals(List.of(runs)));
    }

    @Test
    void anEventGoesToEveryOpenWaitForItsNameAndCorrelation() {
        RunId same = nextId();
        RunId any = nextId();
        RunId other = nextId();
        RunId otherTenant = nextId();
        open(
                wait(same, channel("paid", "o1")),
                wait(any, channel("paid", Awaited.ANY)),
                wait(other, channel("paid", "o2")),
                wait(otherTenant, new Channel("other", "paid", "o1")));

        assertThat(publish(event("paid", "o1", "{\"n\":1}"))).isEqualTo(2);

        assertThat(ready()).containsExactlyInAnyOrder(same, any);
        assertThat(arrivals(same, any, other))
                .containsExactlyInAnyOrder(
                        new Arrival(same, 0, 0, Payload.of("{\"n\":1}"), null),
                        new Arrival(any, 0, 0, Payload.of("{\"n\":1}"), null));
        assertThat(take(channel("paid", "o1"))).as("it was taken").isEmpty();
    }

    @Test
    void aWaitTakesOneEventAndTheNextIsKept() {
        RunId run = nextId();
        open(wait(run, channel("paid", "o1")));

        assertThat(publish(event("paid", "o1", "1"))).isEqualTo(1);
        assertThat(publish(event("paid", "o1", "2"))).isZero();

        assertThat(arrivals(run)).extracting(Arrival::data).containsExactly(Payload.of("1"));
        assertThat(take(channel("paid", "o1")))
                .hasValueSatisfying(kept -> assertThat(kept.data()).isEqualTo(Payload.of("2")));
    }

    @Test
    void anEventOfNoCorrelationGoesToWaitsForAnyAlone() {
        RunId any = nextId();
        RunId one = nextId();
        open(wait(any, channel("paid", Awaited.ANY)), wait(one, channel("paid", "o1")));

        assertThat(publish(event("paid", Awaited.ANY, "1"))).isEqualTo(1);
        assertThat(ready()).containsExactly(any);
    }

    @Test
    void filtersDecideAndWaitsWhoseTimeIsUpTakeNothing() {
        RunId fits = nextId();
        RunId unfit = nextId();
        RunId late = nextId();
        Channel channel = channel("paid", "o1");
        open(
                wait(fits, 3, channel, "{\"x\":\"yes\"}", NOW.plusSeconds(1)),
                wait(unfit, 3, channel, "{\"x\":\"no\"}", null),
                wait(late, 3, channel, OpenWait.NO_FILTER, NOW));

        assertThat(publish(event("paid", "o1", "1"))).isEqualTo(1);
        assertThat(ready()).containsExactly(fits);
    }

    @Test
    void keptEventsAreTakenOnceAndTheOldestFirst() {
        publish(event("paid", "o1", "1"));
        fixture().clock().set(NOW.plusSeconds(1));
        publish(event("paid", "o2", "2"));
        fixture().clock().set(NOW.plusSeconds(2));
        publish(event("paid", "o1", "3"));

        assertThat(take(channel("paid", "o1")).map(PublishedEvent::data)).contains(Payload.of("1"));
        assertThat(take(channel("paid", Awaited.ANY)).map(PublishedEvent::data)).contains(Payload.of("2"));
        assertThat(commit(() -> waits().take(channel("paid", "o1"), event -> false)))
                .isEmpty();
        assertThat(take(channel("paid", Awaited.ANY)).map(PublishedEvent::data)).contains(Payload.of("3"));
        assertThat(take(channel("paid", Awaited.ANY))).isEmpty();
        assertThat(take(channel("other", Awaited.ANY))).isEmpty();
    }

    @Test
    void aKeptEventThatFitsIsFoundBehindManyThatDoNot() {
        for (int i = 0; i < 250; i++) {
            publish(event("paid", "o1", String.valueOf(i)));
        }
        assertThat(commit(() -> waits().take(channel("paid", "o1"), event -> event.data()
                                .equals(Payload.of("249"))))
                        .map(PublishedEvent::data))
                .contains(Payload.of("249"));
    }

    @Test
    void aDoubledEventIsKnownByItsKeyInItsTenant() {
        RunId run = nextId();
        open(wait(run, channel("paid", "o1")));
        PublishedEvent first = event("paid", "o1", "1");

        assertThat(publish(first)).isEqualTo(1);
        assertThat(publish(first)).isZero();
        assertThat(take(channel("paid", "o1"))).isEmpty();
        publish(new PublishedEvent("other", first.key(), "paid", "o1", Payload.of("1"), NOW));
        assertThat(take(new Channel("other", "paid", "o1"))).isPresent();
    }

    @Test
    void ofEventsThatComeTogetherAWaitTakesTheFirstThatFits() {
        RunId run = nextId();
        RunId other = nextId();
        open(wait(run, channel("paid", "o1")), wait(other, channel("paid", "o2")));

        int taken = publish(
                event("z", "paid", "o1", "1"),
                event("y", "paid", "o1", "2"),
                event("x", "paid", "o2", "3"),
                event("w", "paid", "o1", "4"));

        assertThat(taken).isEqualTo(2);
        assertThat(arrivals(run, other))
                .extracting(Arrival::run, Arrival::data)
                .containsExactlyInAnyOrder(tuple(run, Payload.of("1")), tuple(other, Payload.of("3")));
        assertThat(List.of(take(channel("paid", "o1")), take(channel("paid", "o1"))))
                .as("the rest is kept in the order in which it came")
                .extracting(kept -> kept.orElseThrow().data())
                .containsExactly(Payload.of("2"), Payload.of("4"));
        assertThat(take(channel("paid", Awaited.ANY))).isEmpty();
    }

    @Test
    void ofDoublesThatComeTogetherTheFirstCounts() {
        PublishedEvent first = event("paid", "o1", "1");
        publish(first, event(first.key(), "paid", "o1", "2"));

        assertThat(take(channel("paid", "o1")).map(PublishedEvent::data)).contains(Payload.of("1"));
        assertThat(take(channel("paid", "o1"))).isEmpty();
    }

    @Test
    void aWaitThatADoubleFitsTakesTheNextEvent() {
        RunId run = nextId();
        RunId other = nextId();
        PublishedEvent known = event("paid", "o1", "1");
        publish(known);
        open(wait(run, channel("paid", "o1")), wait(other, channel("paid", "o2")));

        assertThat(publish(known, event("paid", "o1", "2"), event("paid", "o2", "3")))
                .isEqualTo(2);

        assertThat(arrivals(run, other))
                .extracting(Arrival::data)
                .containsExactlyInAnyOrder(Payload.of("2"), Payload.of("3"));
        assertThat(take(channel("paid", Awaited.ANY))).contains(known);
        assertThat(take(channel("paid", Awaited.ANY))).isEmpty();
    }

    @Test
    void concurrentDoublesAreOne() {
        PublishedEvent event = event("paid", "o1", "1");
        RunId run = nextId();
        open(wait(run, event.channel()));
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(elsewhere(() -> publishHere(event)));
        }
        assertThat(all.stream().mapToInt(StoreContract::get).sum()).isEqualTo(1);
        assertThat(arrivals(run)).hasSize(1);
        assertThat(take(event.channel())).isEmpty();
    }

    @Test
    void publicationsOfTheSameEventsInAnyOrderDoNotLockEachOtherOut() {
        List<RunId> runs = new ArrayList<>();
        List<PublishedEvent> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RunId run = nextId();
            runs.add(run);
            open(wait(run, channel("paid", "o" + i)));
            events.add(event("paid", "o" + i, String.valueOf(i)));
        }
        List<PublishedEvent> reversed = new ArrayList<>(events);
        Collections.reverse(reversed);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            PublishedEvent[] those = (i % 2 == 0 ? events : reversed).toArray(PublishedEvent[]::new);
            all.add(elsewhere(() -> publishHere(those)));
        }
        assertThat(all.stream().mapToInt(StoreContract::get).sum()).isEqualTo(20);
        assertThat(arrivals(runs.toArray(RunId[]::new))).hasSize(20);
    }

    @Test
    void aPublicationThatAFilterRejectsHoldsNobodyUp() {
        RunId run = nextId();
        open(wait(run, 0, channel("paid", "o1"), "no", null));
        Held publishing = held(() -> publishHere(event("paid", "o1", "1")));

        Future<Integer> closing = elsewhere(() -> {
            waits().close(run, 0);
            return 1;
        });
        assertThat(get(closing)).isEqualTo(1);
        publishing.commit();
    }

    @Test
    void aFilteredWaitIsTakenByOneOfTheEventsThatFitAndTheOthersAreKept() {
        Channel channel = channel("paid", "o1");
        RunId run = nextId();
        open(wait(run, 0, channel, "yes", null));
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            PublishedEvent event = event("paid", "o1", String.valueOf(i));
            all.add(elsewhere(() -> publishHere(event)));
        }
        assertThat(all.stream().mapToInt(StoreContract::get).sum()).isEqualTo(1);
        assertThat(arrivals(run)).hasSize(1);
        for (int i = 0; i < 7; i++) {
            assertThat(take(channel)).isPresent();
        }
        assertThat(take(channel)).isEmpty();
    }

    @Test
    void aRegistrationAndAPublicationOnOneChannelHappenOneAfterTheOther() {
        Channel channel = channel("paid", "o1");
        Held registering = held(() -> waits().lock(Set.of(), Set.of(channel)));
        Future<Integer> publishing = elsewhere(() -> {
            waits().lock(Set.of(channel), Set.of());
            return 1;
        });
        assertWaits(publishing);
        registering.commit();
        assertThat(get(publishing)).isEqualTo(1);

        Held ofAny = held(() -> waits().lock(Set.of(), Set.of(channel.ofAny())));
        Future<Integer> again = elsewhere(() -> {
            waits().lock(Set.of(channel), Set.of());
            return 1;
        });
        assertWaits(again);
        ofAny.commit();
        assertThat(get(again)).isEqualTo(1);
    }

    @Test
    void whoeverComesFirstNoEventIsLostAndNoneIsTakenTwice() {
        int rounds = 60;
        List<RunId> runs = new ArrayList<>();
        List<Future<Integer>> taken = new ArrayList<>();
        List<Future<Integer>> published = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            Channel channel = channel("race", "c" + i);
            RunId run = nextId();
            runs.add(run);
            boolean ofAny = i % 3 == 0;
            Channel own = ofAny ? channel("race-" + i, Awaited.ANY) : channel;
            PublishedEvent event = event(own.event(), "c" + i, String.valueOf(i));
            taken.add(elsewhere(() -> {
                waits().lock(Set.of(), Set.of(own));
                Optional<PublishedEvent> kept = waits().take(own, any -> true);
                if (kept.isEmpty()) {
                    waits().open(List.of(wait(run, own)));
                }
                return kept.isPresent() ? 1 : 0;
            }));
            published.add(elsewhere(() -> {
                waits().lock(Set.of(event.channel()), Set.of());
                return waits().publish(List.of(event), (wait, any) -> true, NOW);
            }));
        }
        for (int i = 0; i < rounds; i++) {
            int arrived = arrivals(runs.get(i)).size();
            assertThat(get(taken.get(i)) + get(published.get(i)))
                    .as("round " + i + ": by the wait or by the event, never by both or neither")
                    .isEqualTo(1);
            assertThat(arrived).isLessThanOrEqualTo(get(published.get(i)));
        }
    }

    @Test
    void whatIsDeliveredOrClosedIsGone() {
        RunId run = nextId();
        RunId other = nextId();
        open(
                new OpenWait(run, 4, 0, channel("a", "x"), OpenWait.NO_FILTER, null),
                new OpenWait(run, 4, 1, channel("b", "x"), OpenWait.NO_FILTER, null),
                wait(other, channel("b", "x")));
        publish(event("a", "x", "1"));
        List<Arrival> arrived = arrivals(run);
        committing(() -> waits().delivered(arrived));
        assertThat(ready()).isEmpty();

        committing(() -> waits().close(run, 4));

        assertThat(publish(event("b", "x", "2"))).as("only the other one waits").isEqualTo(1);
        committing(() -> waits().closeAll(List.of(other)));
        assertThat(ready()).isEmpty();
        assertThat(arrivals(other)).isEmpty();
    }

    @Test
    void ofSeveralRunsTheNamedCheckpointsAreClosedAndNoOther() {
        RunId run = nextId();
        RunId other = nextId();
        Channel channel = channel("a", "x");
        open(
                wait(run, 1, channel, OpenWait.NO_FILTER, null),
                wait(run, 2, channel, OpenWait.NO_FILTER, null),
                wait(other, 1, channel, OpenWait.NO_FILTER, null),
                wait(other, 2, channel, OpenWait.NO_FILTER, null));

        committing(() -> waits().close(Map.of(run, Set.of(1), other, Set.of(2))));

        publish(event("a", "x", "1"));
        List<Arrival> arrived = arrivals(run, other);
        assertThat(arrived)
                .extracting(Arrival::run, Arrival::ordinal)
                .containsExactlyInAnyOrder(tuple(run, 2), tuple(other, 1));
        committing(() -> waits().delivered(arrived.subList(0, 1)));
        assertThat(arrivals(run, other)).containsExactly(arrived.get(1));
    }

    @Test
    @Tag("W-12")
    void theEndOfAChildComesToItsParentOnce() {
        RunId parent = nextId();
        RunId child = nextId();
        RunId failing = nextId();
        committing(() -> {
            waits().openChild(parent, 2, child, true);
            waits().openChild(parent, 3, failing, false);
        });
        Failure failure = new Failure("NO", "no", "step#1");

        committing(() -> {
            waits().childEnded(child, Payload.of("{\"done\":true}"), null, NOW);
            waits().childEnded(child, Payload.of("{\"done\":false}"), null, NOW);
            waits().childEnded(failing, null, failure, NOW.plusMillis(1));
        });

        assertThat(arrivals(parent))
                .containsExactly(
                        new Arrival(parent, 2, 0, Payload.of("{\"done\":true}"), null),
                        new Arrival(parent, 3, 0, null, failure));
    }

    @Test
    @Tag("W-12")
    void childrenThatEndWithTheirParentAreOrphansOnce() {
        RunId parent = nextId();
        RunId bound = nextId();
        RunId detached = nextId();
        RunId ended = nextId();
        committing(() -> {
            waits().openChild(parent, 1, bound, true);
            waits().openChild(parent, 2, detached, false);
            waits().openChild(parent, 3, ended, true);
            waits().childEnded(ended, Payload.of("1"), null, NOW);
        });

        committing(() -> waits().closeAll(List.of(parent)));

        assertThat(commit(() -> waits().ready(10))).containsExactly(new Ready(parent, Optional.of(bound)));
        assertThat(arrivals(parent)).isEmpty();
        committing(() -> waits().adopted(List.of(bound)));
        assertThat(ready()).isEmpty();
    }

    @Test
    void noMoreAreReadyThanAskedFor() {
        for (int i = 0; i < 7; i++) {
            open(wait(nextId(), channel("many", "x")));
        }
        publish(event("many", "x", "1"));

        assertThat(commit(() -> waits().ready(5))).hasSize(5);
        assertThat(commit(() -> waits().ready(50))).hasSize(7);
    }
}
