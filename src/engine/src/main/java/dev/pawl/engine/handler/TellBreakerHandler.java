package dev.pawl.engine.handler;

import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.engine.command.TellBreaker;
import dev.pawl.engine.model.limit.Breaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts failures of all servers together, and lets probes open or close a breaker. */
final class TellBreakerHandler implements Handler<TellBreaker, TellBreaker.Now> {

    private static final Logger LOG = LoggerFactory.getLogger(TellBreakerHandler.class);

    @Override
    public TellBreaker.Now handle(TellBreaker command, UnitOfWork work) {
        CircuitBreaker policy = command.breaker();
        Breaker before = work.ports().breakers().lock(policy.name());
        Breaker after = after(before, command, work);
        if (!after.equals(before)) {
            work.ports().breakers().save(policy.name(), after, work.now());
        }
        if (after.state() != before.state()) {
            LOG.info("Circuit breaker '{}' is {} now", policy.name(), after.state());
        }
        return new TellBreaker.Now(after);
    }

    private static Breaker after(Breaker before, TellBreaker command, UnitOfWork work) {
        CircuitBreaker policy = command.breaker();
        if (command.isProbe()) {
            return command.succeeded()
                    ? before.probed(work.now(), policy.probes())
                    : before.opened(work.now(), policy.openFor());
        }
        return command.succeeded()
                ? before
                : before.failed(work.now(), policy.failures(), policy.within(), policy.openFor());
    }
}
