package dev.pawl.api;

import dev.pawl.api.machine.StateMachine;
import java.util.List;

/**
 * Offers workflows to the engine. Every CDI bean of this type in the application is asked once, at start; a bean of type
 * {@link Pipeline}, a producer method's for instance, is found without it, and so is a class with {@link Workflow}.
 */
public interface WorkflowSource {

    List<Pipeline<?, ?>> workflows();

    /** State machines that are not found as beans of type {@link StateMachine}. */
    default List<StateMachine<?>> machines() {
        return List.of();
    }

    /** Durable code that is not found as a bean. */
    default List<CodeWorkflow<?, ?>> code() {
        return List.of();
    }
}
