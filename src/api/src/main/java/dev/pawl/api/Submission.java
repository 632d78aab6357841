package dev.pawl.api;

/** What became of the execution of an {@link AsyncBatchStage}. */
public sealed interface Submission<O, S> {

    /** There is nothing to wait for. */
    record Completed<O, S>(O output) implements Submission<O, S> {}

    /** The work goes on elsewhere. */
    record Suspended<O, S>(S state, Poll poll) implements Submission<O, S> {}

    static <O, S> Submission<O, S> completed(O output) {
        return new Completed<>(output);
    }

    /** @param state handed to every poll */
    static <O, S> Submission<O, S> suspended(S state, Poll poll) {
        return new Suspended<>(state, poll);
    }
}
