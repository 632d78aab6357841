package dev.pawl.testkit;

/** Ends everything a worker was doing, as the death of its process would: nothing catches it on the way out. */
final class WorkerCrash extends Error {
    private static final long serialVersionUID = 1L;

    WorkerCrash(String where) {
        super("The worker dies " + where, null, false, false);
    }
}
