package dev.pawl.engine.model.limit;

import dev.pawl.engine.model.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place that a run, or a step of one, asks for or has.
 *
 * <p>Its life: it comes NEW, and waits in its lane until there is room and its turn. Let in, it is GRANTED until its run
 * has been told, then held. Whoever is done with it makes it DONE, without a lock; letting others in, and forgetting it, is
 * up to whoever looks at its scope next, under the scope's lock. So user transactions never wait for one another here.
 *
 * @param holder unique name of what holds it
 * @param step absent when it is the run's own
 * @param scope what counts together
 * @param lane what counts apart inside the scope; lanes take turns
 * @param notBefore it is not let in earlier
 * @param leaseUntil after that it is nobody's; absent: it is the run's for as long as that lasts
 */
public record Ticket(
        String holder,
        RunId run,
        @Nullable String step,
        String scope,
        String lane,
        TicketState state,
        int priority,
        Instant createdAt,
        Instant notBefore,
        @Nullable Instant leaseUntil,
        @Nullable String owner,
        Limits limits) {

    /** The code of what says that a step waits for a limit. */
    public static final String LIMIT_REACHED = "LIMIT_REACHED";

    /** A run's own, which waits. */
    public static Ticket of(
            RunId run, String scope, String lane, int priority, Instant now, Instant notBefore, Limits limits) {
        return new Ticket(
                run.value(), run, null, scope, lane, TicketState.NEW, priority, now, notBefore, null, null, limits);
    }

    public Ticket in(TicketState next) {
        return new Ticket(
                holder, run, step, scope, lane, next, priority, createdAt, notBefore, leaseUntil, owner, limits);
    }

    public Ticket notBefore(Instant time) {
        return new Ticket(holder, run, step, scope, lane, state, priority, createdAt, time, leaseUntil, owner, limits);
    }

    public Ticket leased(@Nullable String to, @Nullable Instant until) {
        return new Ticket(holder, run, step, scope, lane, state, priority, createdAt, notBefore, until, to, limits);
    }
}
