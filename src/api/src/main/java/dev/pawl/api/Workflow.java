package dev.pawl.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a {@link DurableWorkflow} and its version.
 *
 * <p>The version is declared, never derived. A run is executed by the version it was started with, so raise it when old
 * runs cannot go on with the new code, and keep the class of the old version deployed until they have ended; for smaller
 * changes {@link WorkflowContext#changed} lets one class serve old runs and new ones.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Workflow {

    /** The workflow's id: 1 to 100 letters, digits, {@code .}, {@code _} or {@code -}. */
    String value();

    int version() default 1;

    /** For people. */
    String description() default "";
}
