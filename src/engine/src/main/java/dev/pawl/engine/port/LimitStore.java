package dev.pawl.engine.port;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.limit.Lane;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Tickets and lanes, read and written inside the transaction around the call.
 *
 * <p>Only who has locked a scope lets tickets in and changes lanes. Tickets come, are begun and are given back without that
 * lock.
 */
public interface LimitStore {

    /** Locks a scope until the transaction ends, waiting for others. */
    void lock(String scope);

    // tickets

    void add(Ticket ticket);

    Optional<Ticket> find(String holder);

    /** Writes the ticket if it is still in this state; answers whether it was. */
    boolean change(Ticket ticket, TicketState from);

    /** The runs' own tickets, where they are ready, have begun. */
    void begun(Collection<RunId> runs);

    /** Given back; what is not there, or was given back before, is left alone. Answers how many were there. */
    int done(Collection<String> holders);

    /** Forgets tickets. */
    void remove(Collection<String> holders);

    /** Tickets of a scope that are NEW, BEGUN or DONE, or whose lease ended before {@code now}. */
    List<Ticket> unsettled(String scope, Instant now, int max);

    /** What waits in a lane and may be let in: by priority, then in order of coming. */
    List<Ticket> waiting(String scope, String lane, Instant now, int max);

    /** The longest waiting ticket of a lane, of those NEW too, whether or not it may be let in yet. */
    Optional<Ticket> oldestWaiting(String scope, String lane);

    /** When the next ticket of a lane may be let in that may not yet. */
    Optional<Instant> nextNotBefore(String scope, String lane, Instant now);

    /** How many tickets of a scope have been let in. */
    Count in(String scope);

    /** @param unbegun of those that have been let in */
    record Count(int in, int unbegun) {}

    /** How many tickets of a lane have been let in. */
    int in(String scope, String lane);

    /** How many tickets wait in a lane, those NEW too. */
    int waiting(String scope, String lane);

    /** Tickets that are GRANTED, oldest first. */
    List<Ticket> granted(int max);

    /** Extends the leases of this owner; answers how many there were. */
    int extend(String owner, Instant until);

    // lanes

    Optional<Lane> lane(String scope, String name);

    /** Lanes due at {@code now}, those first whose turn was longest ago. */
    List<Lane> due(String scope, Instant now, int max);

    void save(Lane lane);

    /** Scopes with something unsettled, or with a lane that is due. */
    List<String> scopes(Instant now, int max);

    /** Forgets lanes that are not due and were last served before a time and have no tickets. Answers how many. */
    int forget(Instant servedBefore, int max);
}
