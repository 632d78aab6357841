package dev.pawl.api.ai;

import java.util.List;
import java.util.function.Consumer;

/**
 * Calls models on behalf of a stage; {@code context.ai()} gives it. Each call is recorded, whatever comes of it and of
 * the attempt around it, and what it cost is added to the stage and the run.
 *
 * <p>A call that fails in a way that another attempt may cure, for instance because the provider is overloaded, throws
 * {@link AiException}, and the stage's retry policy applies; the short hiccups among these have been retried within the
 * call before. One that cannot succeed, for instance because the model is not configured or the provider rejects the key,
 * throws {@link dev.pawl.api.NonRetryableException} with a code that begins with {@code AI_}.
 *
 * <p>A call blocks the stage's thread and ends early when the stage is cancelled or its time is up. It may be made from
 * one thread at a time.
 */
public interface Ai {

    /** The model's answer to a conversation. */
    AiAnswer<String> text(AiPrompt prompt);

    /**
     * The model's answer as a record. The model is given the JSON Schema of the type; the answer must fit that schema and
     * be accepted by the record's constructor. One that does not is shown to the model with what is wrong, as many times
     * as {@link AiPrompt#repairs()} says; each of these is a call of its own, recorded and paid for.
     *
     * @throws AiException with code {@code AI_INVALID_OBJECT} when the last answer does not fit either. Another attempt of
     *     the stage asks again; a stage for which that is no use excludes it by {@code Retry.notFor(AiException.class)}.
     */
    <T> AiAnswer<T> object(AiPrompt prompt, Class<T> type);

    /**
     * As {@link #text}, with the parts of the answer handed over as they arrive, on the stage's own thread.
     *
     * @param parts what it throws ends the call, and leaves this method
     */
    AiAnswer<String> stream(AiPrompt prompt, Consumer<String> parts);

    /** A vector for each text, in the same order. */
    AiAnswer<List<float[]>> embed(AiTexts texts);

    /**
     * Hands many prompts to the provider, to be answered within hours at a lower price. The batch is a value that a stage
     * keeps while it is suspended. When an earlier attempt submitted the same prompts and died before it suspended, a
     * provider of OpenAI's protocol finds that batch again; at others it is submitted once more, and the first one stays in
     * the log as SUBMITTED.
     */
    AiBatch submit(AiBatchRequest request);

    /** How far the provider is; costs nothing and is not recorded. */
    AiBatchStatus status(AiBatch batch);

    /**
     * What came of each prompt of a finished batch, in the order in which they were submitted. It can be read any number
     * of times; the log and the totals count it once.
     *
     * @throws AiException with code {@code AI_BATCH_UNFINISHED} while the provider is still at work
     */
    List<AiBatchResult<String>> results(AiBatch batch);

    /** As {@link #results(AiBatch)}, with each answer read as in {@link #object}, but without repair. */
    <T> List<AiBatchResult<T>> results(AiBatch batch, Class<T> type);

    /** Asks the provider to give up a batch that is not wanted any more; what it has answered by then is still paid for. */
    void cancel(AiBatch batch);
}
