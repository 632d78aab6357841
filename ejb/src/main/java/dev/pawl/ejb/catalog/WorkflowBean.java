package dev.pawl.ejb.catalog;

import dev.pawl.api.CodeWorkflow;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Workflow;
import dev.pawl.engine.interpret.CodeDefinition;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** A CDI bean of durable code: each execution gets an instance of its own, with what it injects. */
final class WorkflowBean {

    private final Bean<?> bean;
    private final BeanManager beans;
    private final Map<Object, CreationalContext<?>> contexts = Collections.synchronizedMap(new IdentityHashMap<>());

    private WorkflowBean(Bean<?> bean, BeanManager beans) {
        this.bean = bean;
        this.beans = beans;
    }

    /**
     * The bean, unless its class is not annotated, and therefore offered by somebody in another way.
     *
     * @throws IllegalStateException when instances would be shared
     */
    static Optional<WorkflowBean> of(Bean<?> bean, BeanManager beans) {
        Class<?> type = bean.getBeanClass();
        if (!DurableWorkflow.class.isAssignableFrom(type) || !type.isAnnotationPresent(Workflow.class)) {
            return Optional.empty();
        }
        if (bean.getScope() != Dependent.class) {
            throw new IllegalStateException("The workflow " + type.getName() + " is a bean of scope @"
                    + bean.getScope().getSimpleName()
                    + ", whose instances are shared. Each execution of a workflow needs an instance of its own: make it"
                    + " @Dependent, and inject what is shared.");
        }
        return Optional.of(new WorkflowBean(bean, beans));
    }

    @SuppressWarnings("unchecked") // checked above
    CodeDefinition definition() {
        Class<? extends DurableWorkflow<Object, Object>> type =
                (Class<? extends DurableWorkflow<Object, Object>>) bean.getBeanClass();
        return new CodeDefinition(CodeWorkflow.of(type, this::make), this::release);
    }

    @SuppressWarnings("unchecked") // checked above
    private DurableWorkflow<Object, Object> make() {
        CreationalContext<?> context = beans.createCreationalContext(bean);
        Object instance = beans.getReference(bean, bean.getBeanClass(), context);
        contexts.put(instance, context);
        return (DurableWorkflow<Object, Object>) instance;
    }

    /** Destroys the instance with all that hangs on it. */
    private void release(DurableWorkflow<?, ?> instance) {
        CreationalContext<?> context = contexts.remove(instance);
        if (context != null) {
            context.release();
        }
    }
}
