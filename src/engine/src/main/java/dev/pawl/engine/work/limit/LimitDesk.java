package dev.pawl.engine.work.limit;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.DeliverTickets;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.GrantTickets;
import dev.pawl.engine.command.SeeToLimits;
import dev.pawl.engine.command.SweepLimits;

/**
 * Sees to limits that somebody came to, or gave a place back of: lets in whom there is room for, and tells their runs. Any
 * server may do it at any time; the scopes' locks keep them apart.
 */
public final class LimitDesk {

    private static final int SCOPES = 100;
    private static final int TICKETS = 200;
    private static final int MOST_ROUNDS = 50;

    private final CommandBus commands;

    public LimitDesk(CommandBus commands) {
        this.commands = commands;
    }

    /** Answers how many were let in or told. */
    public int look() {
        int all = 0;
        int moved;
        int rounds = 0;
        do {
            moved = lookOnce();
            all += moved;
            rounds++;
        } while (moved > 0 && rounds < MOST_ROUNDS);
        return all;
    }

    private int lookOnce() {
        SeeToLimits.Seen seen =
                commands.execute(Envelope.internal(new SeeToLimits(SCOPES))).orThrow();
        int granted = seen.scopes().stream().mapToInt(this::grant).sum();
        return granted > 0 || seen.granted() ? granted + deliver() : 0;
    }

    private int grant(String scope) {
        return commands.execute(Envelope.internal(new GrantTickets(scope, TICKETS)))
                .orThrow()
                .tickets();
    }

    private int deliver() {
        return commands.execute(Envelope.internal(new DeliverTickets(TICKETS)))
                .orThrow()
                .tickets();
    }

    /** Forgets what nobody needs any more; answers how much that was. */
    public int sweep() {
        int all = 0;
        int swept;
        do {
            swept = commands.execute(Envelope.internal(new SweepLimits(TICKETS)))
                    .orThrow()
                    .rows();
            all += swept;
        } while (swept >= TICKETS);
        return all;
    }
}
