package dev.pawl.ejb.manifest;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Optional;
import java.util.function.Supplier;

/** The JTA transaction of an entity command begins here. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class EntityTransactionBean {

    @Resource
    private SessionContext context;

    /** How work ended: with a value, or with an exception that rolled its transaction back. */
    public record Ended<T>(Optional<T> value, Optional<RuntimeException> failure) {}

    /**
     * Runs the work in a transaction. An exception rolls it back and is answered instead of thrown, so that a command that
     * was undone on purpose is not reported as a failed bean.
     */
    public <T> Ended<T> attempt(Supplier<T> work) {
        try {
            return new Ended<>(Optional.of(work.get()), Optional.empty());
        } catch (RuntimeException e) {
            context.setRollbackOnly();
            return new Ended<>(Optional.empty(), Optional.of(e));
        }
    }
}
