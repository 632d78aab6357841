package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.limit.Bucket;
import dev.pawl.engine.model.limit.Lane;
import dev.pawl.engine.model.limit.Limits;
import dev.pawl.engine.model.limit.Rate;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import dev.pawl.engine.port.LimitStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link LimitStore} keeps to. */
@Tag("R-06")
public abstract class LimitStoreContract extends StoreContract {

    private static final String SCOPE = "acme workflow:flow";
    private static final String LANE = Lane.ofKey("a");
    private static final Limits LIMITS = new Limits(7, 2, null, new Rate(10, Duration.ofMinutes(1), 5), 16, Limits.ANY);

    private LimitStore limits() {
        return fixture().limits();
    }

    private static Ticket ticket(String lane, int priority, Instant createdAt, Instant notBefore) {
        return Ticket.of(nextId(), SCOPE, lane, priority, createdAt, notBefore, LIMITS);
    }

    private static Ticket ticket(TicketState state) {
        return ticket(LANE, 5, NOW, NOW).in(state);
    }

    private Ticket added(Ticket ticket) {
        committing(() -> limits().add(ticket));
        return ticket;
    }

    private List<String> waiting(Instant now) {
        return commit(() -> limits().waiting(SCOPE, LANE, now, 10)).stream()
                .map(Ticket::holder)
                .toList();
    }

    @Test
    void aTicketIsKeptAsItIs() {
        Ticket whole = added(new Ticket(
                "h/1",
                new RunId("r"),
                "step",
                SCOPE,
                LANE,
                TicketState.HELD,
                3,
                NOW,
                NOW.plusSeconds(1),
                NOW.plusSeconds(2),
                "node#1",
                LIMITS));
        assertThat(commit(() -> limits().find("h/1"))).contains(whole);
        Ticket least = added(ticket(TicketState.NEW));
        assertThat(commit(() -> limits().find(least.holder()))).contains(least);
        assertThat(commit(() -> limits().find("nobody"))).isEmpty();
    }

    @Test
    void aHolderHasOneTicket() {
        Ticket ticket = added(ticket(TicketState.NEW));
        assertThatThrownBy(() -> added(ticket)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aTicketChangesFromTheStateItIsInAlone() {
        Ticket ticket = added(ticket(TicketState.WAITING));
        Ticket granted = ticket.in(TicketState.GRANTED).leased("node#1", NOW.plusSeconds(9));
        assertThat(commit(() -> limits().change(granted, TicketState.WAITING))).isTrue();
        assertThat(commit(() -> limits().change(ticket, TicketState.WAITING))).isFalse();
        assertThat(commit(() -> limits().find(ticket.holder()))).contains(granted);
    }

    @Test
    void whatIsGivenBackTwiceWasGivenBackOnce() {
        Ticket ticket = added(ticket(TicketState.HELD));
        assertThat(commit(() -> limits().done(List.of(ticket.holder(), "nobody"))))
                .isEqualTo(1);
        assertThat(commit(() -> limits().done(List.of(ticket.holder())))).isZero();
        assertThat(commit(() -> limits().unsettled(SCOPE, NOW, 10))).containsExactly(ticket.in(TicketState.DONE));
        committing(() -> limits().remove(List.of(ticket.holder())));
        assertThat(commit(() -> limits().find(ticket.holder()))).isEmpty();
    }

    @Test
    void whatIsReadyBegins() {
        Ticket ready = added(ticket(TicketState.READY));
        Ticket held = added(ticket(TicketState.HELD));
        committing(() -> limits().begun(List.of(ready.run(), held.run())));
        assertThat(commit(() -> limits().find(ready.holder()))).contains(ready.in(TicketState.BEGUN));
        assertThat(commit(() -> limits().find(held.holder()))).contains(held);
    }

    @Test
    void aLaneIsServedByPriorityAndThenInOrder() {
        Ticket second = added(ticket(LANE, 5, NOW, NOW).in(TicketState.WAITING));
        Ticket third = added(ticket(LANE, 5, NOW.plusSeconds(1), NOW).in(TicketState.WAITING));
        Ticket first = added(ticket(LANE, 9, NOW.plusSeconds(2), NOW).in(TicketState.WAITING));
        Ticket later = added(ticket(LANE, 9, NOW, NOW.plusSeconds(30)).in(TicketState.WAITING));
        added(ticket(Lane.ofKey("b"), 5, NOW, NOW).in(TicketState.WAITING));
        Ticket fresh = added(ticket(LANE, 5, NOW.minusSeconds(1), NOW));
        assertThat(waiting(NOW)).containsExactly(first.holder(), second.holder(), third.holder());
        assertThat(commit(() -> limits().nextNotBefore(SCOPE, LANE, NOW))).contains(later.notBefore());
        assertThat(commit(() -> limits().nextNotBefore(SCOPE, LANE, NOW.plusSeconds(30))))
                .isEmpty();
        assertThat(commit(() -> limits().oldestWaiting(SCOPE, LANE))).contains(fresh);
        assertThat(commit(() -> limits().waiting(SCOPE, LANE))).isEqualTo(5);
    }

    @Test
    void ticketsThatAreInAreCounted() {
        for (TicketState state : TicketState.values()) {
            added(ticket(state));
        }
        added(ticket(Lane.ALL, 5, NOW, NOW).in(TicketState.HELD));
        assertThat(commit(() -> limits().in(SCOPE))).isEqualTo(new LimitStore.Count(5, 2));
        assertThat(commit(() -> limits().in(SCOPE, LANE))).isEqualTo(4);
        assertThat(commit(() -> limits().granted(10))).hasSize(1);
    }

    @Test
    void aLeaseThatHasEndedIsUnsettledUnlessItWasExtended() {
        Ticket ticket = added(ticket(TicketState.HELD).leased("node#1", NOW.plusSeconds(5)));
        assertThat(commit(() -> limits().scopes(NOW, 10))).isEmpty();
        assertThat(commit(() -> limits().extend("node#1", NOW.plusSeconds(20)))).isEqualTo(1);
        assertThat(commit(() -> limits().extend("node#2", NOW.plusSeconds(90)))).isZero();
        assertThat(commit(() -> limits().unsettled(SCOPE, NOW.plusSeconds(6), 10)))
                .isEmpty();
        assertThat(commit(() -> limits().unsettled(SCOPE, NOW.plusSeconds(21), 10)))
                .extracting(Ticket::holder)
                .containsExactly(ticket.holder());
        assertThat(commit(() -> limits().scopes(NOW.plusSeconds(21), 10))).containsExactly(SCOPE);
    }

    @Test
    void aTicketThatComesOrGoesMakesItsScopeWorthALook() {
        Ticket ticket = added(ticket(TicketState.NEW));
        assertThat(commit(() -> limits().scopes(NOW, 10))).containsExactly(SCOPE);
        assertThat(commit(() -> limits().change(ticket.in(TicketState.WAITING), TicketState.NEW)))
                .isTrue();
        assertThat(commit(() -> limits().scopes(NOW, 10))).isEmpty();
        committing(() -> limits().done(List.of(ticket.holder())));
        assertThat(commit(() -> limits().scopes(NOW, 10))).containsExactly(SCOPE);
    }

    @Test
    void lanesAreDueInTurn() {
        Lane recent = Lane.begun(SCOPE, "=recent", NOW.minusSeconds(1));
        Lane longAgo = Lane.begun(SCOPE, "=long", NOW.minusSeconds(50)).with(new Bucket(2.5, NOW));
        Lane later = Lane.begun(SCOPE, "=later", NOW.minusSeconds(99)).due(NOW.plusSeconds(1));
        Lane never = Lane.begun(SCOPE, "=never", NOW.minusSeconds(99)).due(null);
        committing(() -> List.of(recent, longAgo, later, never).forEach(limits()::save));
        assertThat(commit(() -> limits().due(SCOPE, NOW, 10))).containsExactly(longAgo, recent);
        assertThat(commit(() -> limits().scopes(NOW, 10))).containsExactly(SCOPE);
        Lane served = longAgo.served(NOW).due(null).with(null);
        committing(() -> limits().save(served));
        assertThat(commit(() -> limits().lane(SCOPE, "=long"))).contains(served);
        assertThat(commit(() -> limits().lane(SCOPE, "=none"))).isEmpty();
    }

    @Test
    void aLaneNobodyNeedsIsForgotten() {
        Lane idle = Lane.begun(SCOPE, "=idle", NOW.minusSeconds(100)).due(null);
        Lane used = Lane.begun(SCOPE, LANE, NOW.minusSeconds(100)).due(null);
        Lane recent = Lane.begun(SCOPE, "=recent", NOW).due(null);
        committing(() -> List.of(idle, used, recent).forEach(limits()::save));
        added(ticket(TicketState.HELD));
        assertThat(commit(() -> limits().forget(NOW.minusSeconds(50), 10))).isEqualTo(1);
        assertThat(commit(() -> limits().lane(SCOPE, "=idle"))).isEmpty();
        assertThat(commit(() -> limits().lane(SCOPE, LANE))).contains(used);
    }

    @Test
    void aScopeIsLockedByOneAtATime() {
        Held first = held(() -> limits().lock(SCOPE));
        Future<Boolean> second = elsewhere(() -> {
            limits().lock(SCOPE);
            return true;
        });
        assertWaits(second);
        first.commit();
        assertThat(get(second)).isTrue();
    }

    @Test
    void comingAndGoingWaitForNobody() {
        Ticket ticket = added(ticket(TicketState.HELD));
        Held locked = held(() -> limits().lock(SCOPE));
        added(ticket(TicketState.NEW));
        assertThat(commit(() -> limits().done(List.of(ticket.holder())))).isEqualTo(1);
        locked.commit();
    }
}
