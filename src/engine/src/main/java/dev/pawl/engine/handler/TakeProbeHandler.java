package dev.pawl.engine.handler;

import dev.pawl.engine.command.TakeProbe;
import dev.pawl.engine.model.limit.Breaker;

/** Lets through as many probes as a breaker allows, over all servers. */
final class TakeProbeHandler implements Handler<TakeProbe, TakeProbe.Answer> {

    @Override
    public TakeProbe.Answer handle(TakeProbe command, UnitOfWork work) {
        String name = command.breaker().name();
        Breaker breaker = work.ports().breakers().lock(name);
        if (!breaker.allowsProbe(work.now(), command.breaker().probes())) {
            return new TakeProbe.Answer(false, breaker);
        }
        Breaker probing = breaker.probing(work.now(), command.atMost());
        work.ports().breakers().save(name, probing, work.now());
        return new TakeProbe.Answer(true, probing);
    }
}
