package dev.pawl.api;

import java.util.Optional;

/**
 * A stage whose work is done elsewhere, over minutes or days: it hands the work in, the run is SUSPENDED and holds neither
 * thread nor connection, and the engine asks at intervals whether the work has ended.
 *
 * <pre>{@code
 * public Submission<Report, Ticket> execute(StageContext context, Pages pages, Optional<Ticket> earlier) {
 *     Ticket ticket = earlier.orElseGet(() -> provider.submit(pages, context.idempotencyKey()));
 *     return Submission.suspended(ticket, Poll.every(Duration.ofMinutes(5)).forAtMost(Duration.ofHours(24)));
 * }
 *
 * public Completion<Report, Ticket> checkCompletion(StageContext context, Ticket ticket) {
 *     return provider.result(ticket).map(Completion::<Report, Ticket>ready).orElseGet(Completion::notReady);
 * }
 * }</pre>
 *
 * <p>A poll that throws is repeated as the retry policy of {@link #options()} says, which counts polls that fail in a row;
 * one that answers {@link Completion#failed} ends the stage at once. Only one server polls a stage at a time, and polls
 * missed while all of them were down are not made up for: one follows when a server is there again.
 *
 * @param <S> what the stage remembers while it waits; a type Jackson can read and write
 */
public interface AsyncBatchStage<I, O, S> extends Stage<I, O> {

    /**
     * Hands the work in, or finds that there is nothing to wait for.
     *
     * @param resumeState what an earlier execution of this stage in this run suspended with: present when the stage is
     *     executed though it has suspended before
     */
    Submission<O, S> execute(StageContext context, I input, Optional<S> resumeState) throws Exception;

    /** Asks whether the work has ended. */
    Completion<O, S> checkCompletion(StageContext context, S state) throws Exception;

    /** Not called: the engine calls {@link #execute(StageContext, Object, Optional)}. */
    @Override
    default O execute(StageContext context, I input) {
        throw new UnsupportedOperationException("stage '" + id() + "' is executed with its resume state");
    }
}
