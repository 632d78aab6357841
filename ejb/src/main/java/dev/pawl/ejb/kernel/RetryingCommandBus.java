package dev.pawl.ejb.kernel;

import dev.pawl.ejb.outage.DatabaseOutage;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.port.StaleRunException;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.port.Tracing;
import dev.pawl.engine.work.CallerDesk;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands to {@link KernelBean} and repeats those whose transaction lost against a concurrent one. Within a
 * caller's transaction nothing is repeated: that is the caller's to do.
 */
@ApplicationScoped
public class RetryingCommandBus implements CommandBus {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingCommandBus.class);
    private static final int ATTEMPTS = 6;
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(2).toNanos();

    @EJB
    private KernelBean kernel;

    @Inject
    private DatabaseOutage database;

    @Inject
    private Tracing tracing;

    /** Asked for with the first command: it needs this bus. */
    @Inject
    private Instance<CallerDesk> callers;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    @Override
    public <R> Outcome<R> execute(Envelope<R> envelope) {
        return envelope.caller().equals(Caller.ENGINE) ? executeOne(envelope) : executeTraced(envelope);
    }

    /** What somebody asked for; the engine's own commands are too many and tell nothing. */
    private <R> Outcome<R> executeTraced(Envelope<R> envelope) {
        String type = envelope.command().type();
        try (Tracing.Span span = tracing.begin(type, Tracing.Kind.INTERNAL, null, Map::of)) {
            try {
                return mayShareItsTransaction(envelope) ? callers.get().execute(envelope) : executeOne(envelope);
            } catch (RuntimeException e) {
                span.failed(e);
                throw e;
            }
        }
    }

    /** A key is kept by the transaction of its own command alone. */
    private <R> boolean mayShareItsTransaction(Envelope<R> envelope) {
        return envelope.command().mayShare() && envelope.idempotencyKey().isEmpty() && isOutsideTransaction();
    }

    private <R> Outcome<R> executeOne(Envelope<R> envelope) {
        return repeating(
                envelope.command().type(), attempt -> kernel.execute(attempt == 1 ? envelope : envelope.repeated()));
    }

    @Override
    public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
        boolean alone = isOutsideTransaction();
        return repeating("a batch of " + envelopes.size(), attempt -> {
            List<? extends Envelope<?>> batch = attempt == 1
                    ? envelopes
                    : envelopes.stream().map(Envelope::repeated).toList();
            return alone ? committed(batch) : kernel.executeTogether(batch);
        });
    }

    /** What the container throws once the database was asked to commit leaves open whether it did. */
    private Ended<List<Outcome<?>>> committed(List<? extends Envelope<?>> batch) {
        AtomicBoolean asked = new AtomicBoolean();
        try {
            return kernel.executeAndCommit(batch, asked);
        } catch (EJBException e) {
            if (!asked.get()) {
                throw e;
            }
            LOG.warn("A transaction failed after the database was asked to commit it; it may be done", e);
            throw new StoreUnavailableException(e);
        }
    }

    @Override
    public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
        return repeating("a transactional step", attempt -> kernel.executeWith(userCode(work), report, keep));
    }

    /** What user code throws is its own, whatever it says of databases. */
    private static <T> Supplier<T> userCode(Supplier<T> work) {
        return () -> {
            try {
                return work.get();
            } catch (RuntimeException e) {
                throw new UserCodeFailed(e);
            }
        };
    }

    private static final class UserCodeFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final RuntimeException thrown;

        UserCodeFailed(RuntimeException thrown) {
            super(null, thrown, false, false);
            this.thrown = thrown;
        }
    }

    private <R> R repeating(String what, IntFunction<Ended<R>> call) {
        boolean repeatable = isOutsideTransaction();
        for (int attempt = 1; ; attempt++) {
            Ended<R> ended = ended(call, attempt);
            RuntimeException failure = ended.failure();
            if (failure == null) {
                database.worked();
                return ended.orThrow();
            }
            if (!repeatable || attempt == ATTEMPTS || !isConflict(failure)) {
                throw failure instanceof UserCodeFailed code ? code.thrown : database.translated(failure);
            }
            LOG.debug("Attempt {} of {} lost against a concurrent transaction", attempt, what, failure);
            pause(attempt);
        }
    }

    private boolean isOutsideTransaction() {
        return transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
    }

    /** What the container throws by itself is mostly that the transaction could not commit. */
    private static <R> Ended<R> ended(IntFunction<Ended<R>> call, int attempt) {
        try {
            return call.apply(attempt);
        } catch (EJBException e) {
            return new Ended<>(null, e.getCause() instanceof RuntimeException cause ? cause : e);
        }
    }

    private static void pause(int attempt) {
        long longest = FIRST_PAUSE_NANOS << attempt;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS, longest));
    }

    private static boolean isConflict(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StaleRunException) {
                return true;
            }
            if (cause instanceof SQLException sql && isConflict(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Class 40 is "transaction rollback" in the SQL standard: deadlock victims and serialization failures. */
    private static boolean isConflict(@Nullable String sqlState) {
        return sqlState != null && sqlState.startsWith("40");
    }
}
