package dev.pawl.ejb.manifest;

import dev.pawl.ejb.kernel.Ended;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.function.Supplier;

/** The JTA transaction of an entity command begins here. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class EntityTransactionBean {

    @Resource
    private SessionContext context;

    /** Runs the work in a transaction. A command that was undone on purpose is not reported as a failed bean. */
    public <T> Ended<T> attempt(Supplier<T> work) {
        return Ended.of(context, work);
    }
}
