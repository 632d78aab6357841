package dev.pawl.api;

import dev.pawl.api.flow.StartPolicies;

/**
 * A workflow as one method of plain Java that never loses its place.
 *
 * <p>Whatever the method does to the world it does in {@link WorkflowContext#step steps}. Each step's result is recorded;
 * when the run has to be taken up again, after a crash or a long wait, the method is called from its beginning and every
 * recorded step answers with its result instead of running. Between its steps the method must therefore take the same way
 * every time: it asks the context for time, randomness and ids, reads nothing that others change, and starts no threads.
 *
 * <p>{@code I} and {@code O} are concrete types that Jackson can read and write; {@link None} stands for nothing. An
 * instance serves one execution and keeps no state between them. In a CDI application the class is a {@code @Dependent}
 * bean with the annotation {@link Workflow}.
 */
@FunctionalInterface
public interface DurableWorkflow<I, O> {

    /**
     * The run from its input to its output.
     *
     * @throws Exception any exception fails the run. What the context throws to leave the method, because the run waits or
     *     its worker has lost it, is an {@link Error}, which code must let pass.
     */
    O run(WorkflowContext ctx, I input) throws Exception;

    /** Flow control of the starts of its runs; asked once, of some instance. */
    default StartPolicies startPolicies() {
        return StartPolicies.NONE;
    }
}
