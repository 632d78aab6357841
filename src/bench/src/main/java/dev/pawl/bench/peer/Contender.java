package dev.pawl.bench.peer;

import java.time.Duration;

/** An engine at work: ours or another. */
interface Contender {

    /** As figures name it. */
    String name();

    /** Works like that for this time; nothing is measured. */
    void warmUp(int clients, Duration time);

    /** Clients start runs, each waiting for the end of its run, for about this time. */
    Play loop(int clients, Duration time);

    /** Runs that were queued while nobody worked, then worked off. */
    Play burst(int clients, int runs);

    /** It does nothing until it is asked again, so that the other's turn is the other's alone. */
    void rest();
}
