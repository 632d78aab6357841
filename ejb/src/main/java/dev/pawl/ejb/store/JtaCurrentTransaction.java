package dev.pawl.ejb.store;

import dev.pawl.ejb.store.file.CurrentTransaction;
import dev.pawl.ejb.store.sql.LastWrite;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import java.util.function.Consumer;

/** The JTA transaction of the calling thread. */
@ApplicationScoped
public class JtaCurrentTransaction implements CurrentTransaction {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    @Override
    public Optional<Object> key() {
        return Optional.ofNullable(transactions.getTransactionKey());
    }

    @Override
    public void whenEnded(Consumer<Boolean> callback) {
        LastWrite.leaveToManager();
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing is known yet
            }

            @Override
            public void afterCompletion(int status) {
                callback.accept(status == Status.STATUS_COMMITTED);
            }
        });
    }
}
