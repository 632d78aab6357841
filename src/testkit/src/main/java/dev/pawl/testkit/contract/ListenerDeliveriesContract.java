package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.model.DeliveryKey;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.port.ListenerDeliveries;
import dev.pawl.engine.port.ListenerDeliveries.Hold;
import dev.pawl.engine.port.ListenerDeliveries.Pending;
import dev.pawl.engine.query.DeadLetterQueries.DeadLetterView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@link ListenerDeliveries} keep to. */
@Tag("K-25")
@SuppressWarnings("try") // a held transaction does its work by being open
public abstract class ListenerDeliveriesContract extends StoreContract {

    private static final String LISTENER = "billing";
    private static final Instant UNTIL = NOW.plusSeconds(30);

    private ListenerDeliveries deliveries() {
        return fixture().deliveries();
    }

    /** A run with these events, all recorded at once and to be heard by {@link #LISTENER}. */
    private RunId heard(String... types) {
        RunId run = pending();
        change(run, changed -> {
            for (String type : types) {
                changed.record(type, NOW, "cause-" + type, "{\"of\":\"" + type + "\"}");
            }
        });
        List<Pending> pending = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            pending.add(new Pending(new DeliveryKey(LISTENER, run, 2L + i), 2));
        }
        committing(() -> deliveries().add(pending, NOW));
        return run;
    }

    private List<Delivery> take(int max) {
        return take(max, "node#1", NOW);
    }

    private List<Delivery> take(int max, String owner, Instant now) {
        return commit(() -> deliveries().take(LISTENER, max, owner, now, now.plusSeconds(30)));
    }

    private static Hold hold(Delivery delivery) {
        return new Hold(delivery.key(), "node#1", delivery.attempt());
    }

    private boolean heard(Delivery delivery) {
        return commit(() -> deliveries().heard(hold(delivery), NOW));
    }

    private static List<String> types(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::event).map(RunEvent::type).toList();
    }

    private Set<String> due(Instant now) {
        return commit(() -> deliveries().due(List.of(LISTENER, "other"), now));
    }

    @Test
    void anEventComesWithAllThatIsKnownOfIt() {
        RunId run = heard("a", "b");

        Delivery delivery = take(10).get(0);

        assertThat(delivery)
                .isEqualTo(new Delivery(
                        new DeliveryKey(LISTENER, run, 2),
                        1,
                        TENANT,
                        "flow",
                        "corr-" + run,
                        new RunEvent(2, "a", NOW, "cause-a", "{\"of\":\"a\"}")));
    }

    @Test
    void ofEachRunOneEventIsOutAtATimeAndInOrder() {
        RunId one = heard("a", "b");
        RunId two = heard("x");

        List<Delivery> first = take(10);
        assertThat(types(first)).containsExactlyInAnyOrder("a", "x");
        assertThat(first).extracting(delivery -> delivery.key().run()).containsExactlyInAnyOrder(one, two);
        assertThat(take(10)).as("the others wait").isEmpty();

        first.forEach(delivery -> assertThat(heard(delivery)).isTrue());
        List<Delivery> second = take(10);
        assertThat(types(second)).containsExactly("b");
        second.forEach(delivery -> assertThat(heard(delivery)).isTrue());
        assertThat(take(10)).isEmpty();
        assertThat(due(NOW.plusSeconds(1_000))).isEmpty();
    }

    @Test
    void noMoreIsTakenThanAskedFor() {
        heard("a");
        heard("b");
        heard("c");
        assertThat(take(2)).hasSize(2);
        assertThat(take(2)).hasSize(1);
    }

    @Test
    void listenersDoNotWaitForEachOther() {
        RunId run = heard("a");
        committing(() -> deliveries().add(List.of(new Pending(new DeliveryKey("other", run, 2), 2)), NOW));
        assertThat(due(NOW)).containsExactlyInAnyOrder(LISTENER, "other");

        assertThat(take(1)).hasSize(1);

        assertThat(due(NOW)).containsExactly("other");
        assertThat(commit(() -> deliveries().take("other", 1, "node#1", NOW, UNTIL)))
                .hasSize(1);
        assertThat(commit(() -> deliveries().due(List.of(), UNTIL))).isEmpty();
    }

    @Test
    void aFailedCallComesAgainInItsTimeAndHoldsUpItsRunAndNoOther() {
        RunId bad = heard("a", "b");
        Delivery failed = take(1).get(0);

        assertThat(commit(() -> deliveries().postpone(hold(failed), NOW.plusSeconds(1), "no")))
                .isTrue();

        RunId good = heard("x");
        List<Delivery> others = take(10);
        assertThat(others).extracting(delivery -> delivery.key().run()).containsExactly(good);
        assertThat(due(NOW)).isEmpty();
        assertThat(due(NOW.plusSeconds(1))).containsExactly(LISTENER);
        List<Delivery> again = take(10, "node#1", NOW.plusSeconds(1));
        assertThat(again).extracting(Delivery::attempt).containsExactly(2);
        assertThat(again).extracting(delivery -> delivery.key().run()).containsExactly(bad);
        assertThat(commit(() -> deliveries().heard(hold(again.get(0)), NOW.plusSeconds(1))))
                .isTrue();
        assertThat(types(take(10, "node#1", NOW.plusSeconds(1)))).containsExactly("b");
    }

    @Test
    void whatALostHolderHeldIsTakenByAnotherAndTheFirstHasNoSayAnyMore() {
        heard("a");
        Delivery lost = take(1).get(0);

        assertThat(take(1, "peer#1", NOW.plusSeconds(29))).isEmpty();
        Delivery found = take(1, "peer#1", NOW.plusSeconds(30)).get(0);

        assertThat(found.attempt()).isEqualTo(2);
        assertThat(heard(lost)).isFalse();
        assertThat(commit(() -> deliveries().postpone(hold(lost), NOW, "late"))).isFalse();
        assertThat(commit(() -> deliveries().bury(hold(lost), "late", NOW))).isFalse();
        assertThat(commit(() -> deliveries().heard(new Hold(found.key(), "peer#1", 2), NOW)))
                .isTrue();
    }

    @Test
    void aHolderMayHoldOn() {
        heard("a");
        heard("b");
        Delivery mine = take(1).get(0);
        take(1, "peer#1", NOW);

        committing(() -> deliveries().extend("node#1", NOW.plusSeconds(90)));

        List<Delivery> lost = take(10, "third#1", NOW.plusSeconds(89));
        assertThat(lost).hasSize(1);
        assertThat(lost.get(0).key()).isNotEqualTo(mine.key());
        assertThat(heard(mine)).isTrue();
    }

    @Test
    void aNodeThatStartsAgainTakesBackWhatItHeld() {
        heard("a");
        heard("b");
        take(1, "node#1", NOW);
        take(1, "node2#1", NOW);

        assertThat(commit(() -> deliveries().release("node", "node#2", NOW))).isEqualTo(1);

        assertThat(take(10, "node#2", NOW)).extracting(Delivery::attempt).containsExactly(2);
        assertThat(commit(() -> deliveries().release("node", "node#2", NOW)))
                .as("its own calls go on")
                .isZero();
    }

    @Test
    void whatIsGivenUpIsADeadLetterAndTheNextFollows() {
        RunId run = heard("a", "b");
        Delivery failed = take(1).get(0);

        assertThat(commit(() -> deliveries().bury(hold(failed), "never", NOW))).isTrue();

        assertThat(types(take(10))).containsExactly("b");
        List<DeadLetterView> dead = commit(() -> fixture()
                        .deadLetterQueries()
                        .list(DeadLetters.Selection.ofTenant(TENANT), Optional.empty(), 10))
                .items();
        assertThat(dead)
                .containsExactly(new DeadLetterView(
                        LISTENER, run.value(), "flow", null, null, "corr-" + run, 2, List.of("a"), 1, "never", NOW));
    }

    @Test
    void aReplayedOneIsHeardAsIfForTheFirstTime() {
        heard("a");
        Delivery failed = take(1).get(0);
        committing(() -> deliveries().bury(hold(failed), "never", NOW));

        assertThat(commit(() ->
                        fixture().deadLetters().replay(DeadLetters.Selection.ofTenant(TENANT), 10, NOW.plusSeconds(5))))
                .isEqualTo(1);

        assertThat(take(10)).isEmpty();
        assertThat(take(10, "node#1", NOW.plusSeconds(5)))
                .extracting(Delivery::attempt)
                .containsExactly(1);
    }

    @Test
    void whatIsRolledBackIsNeitherAddedNorTaken() {
        RunId run = pending();
        rollback(() -> deliveries().add(List.of(new Pending(new DeliveryKey(LISTENER, run, 1), 1)), NOW));
        assertThat(take(10)).isEmpty();

        heard("a");
        rollback(() -> assertThat(deliveries().take(LISTENER, 10, "node#1", NOW, UNTIL))
                .hasSize(1));
        assertThat(take(10)).extracting(Delivery::attempt).containsExactly(1);
    }

    @Test
    void whoTakesSkipsWhatAnotherIsTaking() {
        heard("a");
        heard("b");
        try (Held other = held(() ->
                assertThat(deliveries().take(LISTENER, 1, "peer#1", NOW, UNTIL)).hasSize(1))) {
            assertThat(get(elsewhere(() -> deliveries().take(LISTENER, 10, "node#1", NOW, UNTIL))))
                    .hasSize(1);
        }
        assertThat(take(10)).isEmpty();
    }

    @Test
    void underParallelTakersEveryEventIsHeardOnceAndInOrder() {
        for (int i = 0; i < 6; i++) {
            heard("a", "b", "c", "d");
        }
        List<Future<List<Delivery>>> takers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String owner = "n" + i + "#1";
            takers.add(others.submit(() -> hearEverything(owner)));
        }
        List<Delivery> all = new ArrayList<>();
        takers.forEach(taker -> all.addAll(get(taker)));

        assertThat(all).hasSize(24);
        assertThat(all).extracting(Delivery::key).doesNotHaveDuplicates();
        assertThat(all).extracting(Delivery::attempt).containsOnly(1);
    }

    private List<Delivery> hearEverything(String owner) {
        List<Delivery> heard = new ArrayList<>();
        while (!due(NOW).isEmpty()) {
            for (Delivery delivery : take(3, owner, NOW)) {
                heard.add(delivery);
                assertThat(commit(() -> deliveries().heard(new ListenerDeliveries.Hold(delivery.key(), owner, 1), NOW)))
                        .isTrue();
            }
        }
        return heard;
    }
}
