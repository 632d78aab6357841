package dev.pawl.ejb.kernel;

import dev.pawl.ejb.store.sql.LastWrite;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.handler.Kernel;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Every command's JTA transaction begins here, unless the caller brings one. What fails is answered, not thrown. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class KernelBean {

    @Inject
    private Kernel kernel;

    @Resource
    private SessionContext context;

    public <R> Ended<Outcome<R>> execute(Envelope<R> envelope) {
        return Ended.of(context, () -> kernel.execute(envelope));
    }

    public Ended<List<Outcome<?>>> executeTogether(List<? extends Envelope<?>> envelopes) {
        return Ended.of(context, () -> kernel.executeTogether(envelopes));
    }

    /**
     * As {@link #executeTogether}, for a caller without a transaction: only the database takes part in the one that is begun.
     *
     * @param asked set once the database is asked to commit, so that what fails afterwards may be done
     */
    public Ended<List<Outcome<?>>> executeAndCommit(List<? extends Envelope<?>> envelopes, AtomicBoolean asked) {
        return Ended.of(
                context,
                () -> LastWrite.of(() -> kernel.executeTogether(envelopes), () -> {
                    boolean mayCommit = !context.getRollbackOnly();
                    asked.set(mayCommit);
                    return mayCommit;
                }));
    }

    public <T, R> Ended<Outcome<R>> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
        return Ended.of(context, () -> {
            Outcome<R> outcome = kernel.execute(report.apply(work.get()));
            if (!(outcome instanceof Outcome.Done<R> done && keep.test(done.value()))) {
                context.setRollbackOnly();
            }
            return outcome;
        });
    }

    /** Runs any writing of the engine that is not a command, a batch of log lines for instance. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public <T> Ended<T> inNewTransaction(Supplier<T> work) {
        return Ended.of(context, () -> LastWrite.outside(work));
    }
}
