package dev.pawl.ejb.manifest;

import dev.pawl.ejb.kernel.Ended;
import dev.pawl.ejb.manifest.job.InTransaction;
import dev.pawl.ejb.outage.DatabaseOutage;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import jakarta.ejb.EJBException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command, one JTA transaction: a new one, repeated when it lost against a concurrent one; or, where the caller has one
 * already (a message being consumed), a part of that, which is undone by itself when the command is refused after it wrote.
 */
final class JtaEntityTransactions implements EntityTransactions, InTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(JtaEntityTransactions.class);
    private static final int ATTEMPTS = 8;
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(2).toNanos();
    private static final String DUPLICATE_KEY = "23505";

    /** A cancelled statement and a lock that was not to be had, of PostgreSQL; and any timeout, of H2. */
    private static final Set<String> TIMEOUTS = Set.of("57014", "55P03", "HYT00");

    private final EntityTransactionBean bean;
    private final DatabaseOutage database;
    private final TransactionSynchronizationRegistry transactions;
    private final CurrentConnection connection;
    private final MemoryInstances memory;
    private final Supplier<EntityUnitOfWork> newUnitOfWork;

    JtaEntityTransactions(
            EntityTransactionBean bean,
            DatabaseOutage database,
            TransactionSynchronizationRegistry transactions,
            CurrentConnection connection,
            MemoryInstances memory,
            Supplier<EntityUnitOfWork> newUnitOfWork) {
        this.bean = bean;
        this.database = database;
        this.transactions = transactions;
        this.connection = connection;
        this.memory = memory;
        this.newUnitOfWork = newUnitOfWork;
    }

    @Override
    public <T> T inTransaction(Function<EntityUnitOfWork, T> work) {
        return isOutside()
                ? repeated(() -> work.apply(newUnitOfWork.get()))
                : asPart(() -> work.apply(newUnitOfWork.get()));
    }

    @Override
    public <T> T reading(Function<EntityUnitOfWork, T> work) {
        return call(() -> work.apply(newUnitOfWork.get()));
    }

    @Override
    public <T> T call(Supplier<T> work) {
        return isOutside() ? repeated(work) : work.get();
    }

    @Override
    public Optional<Passing> passing(RuntimeException failure) {
        if (!isOutside()) {
            return Optional.empty();
        }
        if (failure instanceof StoreUnavailableException) {
            return Optional.of(Passing.STORE_UNAVAILABLE);
        }
        if (isConflict(failure)) {
            return Optional.of(Passing.CONCURRENCY_CONFLICT);
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(
                        TIMEOUTS.contains(String.valueOf(sql.getSQLState()))
                                ? Passing.TIMEOUT
                                : Passing.TECHNICAL_FAILURE);
            }
        }
        return failure instanceof EJBException ? Optional.of(Passing.TECHNICAL_FAILURE) : Optional.empty();
    }

    private boolean isOutside() {
        return transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
    }

    private <T> T repeated(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            Ended<T> ended = attempt(work);
            RuntimeException failure = ended.failure();
            if (failure == null) {
                database.worked();
                return ended.orThrow();
            }
            if (attempt == ATTEMPTS || !isConflict(failure)) {
                throw database.translated(failure);
            }
            LOG.debug("Attempt {} of an entity command lost against a concurrent transaction", attempt, failure);
            pause(attempt);
        }
    }

    private <T> Ended<T> attempt(Supplier<T> work) {
        try {
            return bean.attempt(work);
        } catch (EJBException e) {
            return new Ended<>(null, e);
        }
    }

    private <T> T asPart(Supplier<T> work) {
        execute("savepoint pawl_command");
        int before = memory.mark();
        try {
            return work.get();
        } catch (RuntimeException e) {
            memory.undoTo(before);
            execute("rollback to savepoint pawl_command");
            throw e;
        }
    }

    /** By SQL, because drivers refuse savepoints by method within two-phase transactions. */
    private void execute(String sql) {
        connection.call(sql, current -> {
            try (Statement statement = current.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private static void pause(int attempt) {
        long longest = FIRST_PAUSE_NANOS << attempt;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS, longest));
    }

    private static boolean isConflict(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isConflict(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Class 40 is "transaction rollback" in the SQL standard: deadlock victims and serialization failures. A duplicate key
     * is the number of an event that another command on the same instance took first.
     */
    private static boolean isConflict(@Nullable String sqlState) {
        return sqlState != null && (sqlState.startsWith("40") || sqlState.equals(DUPLICATE_KEY));
    }
}
