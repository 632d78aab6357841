package dev.pawl.api;

import java.util.function.Supplier;

/**
 * A {@link DurableWorkflow} as it is deployed: where there is no CDI, or where one class makes several workflows that
 * differ in what their constructors were given.
 *
 * @param type declares the input and output
 * @param instances makes an instance for every execution
 */
public record CodeWorkflow<I, O>(
        String id,
        int version,
        String description,
        Class<? extends DurableWorkflow<I, O>> type,
        Supplier<? extends DurableWorkflow<I, O>> instances) {

    public CodeWorkflow {
        Names.requireId("workflow", id);
        if (version < 1) {
            throw new IllegalArgumentException("The version of workflow '" + id + "' must be at least 1");
        }
    }

    /**
     * As the class's annotation says.
     *
     * @throws IllegalArgumentException when the class has no annotation {@link Workflow}
     */
    public static <I, O> CodeWorkflow<I, O> of(
            Class<? extends DurableWorkflow<I, O>> type, Supplier<? extends DurableWorkflow<I, O>> instances) {
        Workflow declared = declared(type);
        return new CodeWorkflow<>(declared.value(), declared.version(), declared.description(), type, instances);
    }

    /** An instance that serves every execution, and therefore keeps no state at all. */
    @SuppressWarnings("unchecked") // the class of an object is a class of its type
    public static <I, O> CodeWorkflow<I, O> of(DurableWorkflow<I, O> instance) {
        return of((Class<? extends DurableWorkflow<I, O>>) instance.getClass(), () -> instance);
    }

    /** The same code as a workflow of its own. */
    public CodeWorkflow<I, O> named(String otherId) {
        return new CodeWorkflow<>(otherId, version, description, type, instances);
    }

    /** The annotation of a workflow's class. */
    public static Workflow declared(Class<?> type) {
        Workflow declared = type.getAnnotation(Workflow.class);
        if (declared == null) {
            throw new IllegalArgumentException(type.getName() + " is no workflow: it has no annotation @Workflow");
        }
        return declared;
    }
}
