package dev.pawl.engine.work.limit;

import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ReadBreakers;
import dev.pawl.engine.command.TakeProbe;
import dev.pawl.engine.command.TellBreaker;
import dev.pawl.engine.model.limit.Breaker;
import dev.pawl.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What this server knows of circuit breakers. It reads those that are not closed about once a second, and only while calls
 * ask; so a call through a closed breaker costs no statement. Failures and probes are told to the shared breaker at once.
 */
final class Breakers {

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** A probe that has not ended by then is taken for lost. */
    private static final Duration LONGEST_PROBE = Duration.ofMinutes(2);

    private final CommandBus commands;
    private final Clock clock;
    private final Map<String, Breaker> known = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> read = new AtomicReference<>(Instant.MIN);
    private final AtomicBoolean reading = new AtomicBoolean();

    Breakers(CommandBus commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /** Whether a call may be made. */
    sealed interface Answer {
        record Call() implements Answer {}

        record Probe() implements Answer {}

        record Open(Breaker breaker) implements Answer {}
    }

    Answer ask(CircuitBreaker policy) {
        Breaker breaker = view(policy.name());
        if (breaker.state() == Breaker.State.CLOSED) {
            return new Answer.Call();
        }
        if (!breaker.allowsProbe(clock.now(), policy.probes())) {
            return new Answer.Open(breaker);
        }
        TakeProbe.Answer answer = commands.execute(Envelope.internal(new TakeProbe(policy, LONGEST_PROBE)))
                .orThrow();
        learn(policy.name(), answer.breaker());
        if (answer.probes()) {
            return new Answer.Probe();
        }
        return answer.breaker().state() == Breaker.State.CLOSED ? new Answer.Call() : new Answer.Open(answer.breaker());
    }

    void tell(CircuitBreaker policy, boolean isProbe, boolean succeeded) {
        if (isProbe || !succeeded) {
            TellBreaker.Now now = commands.execute(Envelope.internal(new TellBreaker(policy, isProbe, succeeded)))
                    .orThrow();
            learn(policy.name(), now.breaker());
        }
    }

    private Breaker view(String name) {
        Instant now = clock.now();
        if (now.isAfter(read.get().plus(FRESH)) && reading.compareAndSet(false, true)) {
            try {
                Map<String, Breaker> notClosed = commands.execute(Envelope.internal(new ReadBreakers()))
                        .orThrow()
                        .byName();
                known.keySet().retainAll(notClosed.keySet());
                known.putAll(notClosed);
                read.set(now);
            } finally {
                reading.set(false);
            }
        }
        return known.getOrDefault(name, Breaker.CLOSED);
    }

    private void learn(String name, Breaker breaker) {
        if (breaker.state() == Breaker.State.CLOSED) {
            known.remove(name);
        } else {
            known.put(name, breaker);
        }
    }
}
