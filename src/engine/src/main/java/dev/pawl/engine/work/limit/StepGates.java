package dev.pawl.engine.work.limit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.flow.Bulkhead;
import dev.pawl.api.flow.Cache;
import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.api.flow.Concurrency;
import dev.pawl.api.flow.Key;
import dev.pawl.api.flow.RateLimit;
import dev.pawl.api.flow.StepPolicies;
import dev.pawl.engine.command.AcquirePermit;
import dev.pawl.engine.command.AcquirePermit.Verdict;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ExtendPermits;
import dev.pawl.engine.command.FindCached;
import dev.pawl.engine.command.KeepCached;
import dev.pawl.engine.command.ReleasePermits;
import dev.pawl.engine.interpret.LimitKeys;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.model.limit.CacheKey;
import dev.pawl.engine.model.limit.Lane;
import dev.pawl.engine.model.limit.Limits;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a step and its code: lets it through as its policies say, one after the other, and notes how it ended. A
 * step without policies never comes here. Whoever has to wait gives back what it has passed already.
 */
public final class StepGates {

    /** Asked again by then, though nobody said that there is room: a lost word costs time, and no more. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    private static final Duration PROBED_BY_THEN = Duration.ofSeconds(1);

    /** A longer result is not cached. */
    private static final int LARGEST_CACHED = 1_000_000;

    private final CommandBus commands;
    private final Clock clock;
    private final WorkerId worker;
    private final Duration leaseFor;
    private final Breakers breakers;
    private final Map<String, LocalBulkhead> bulkheads = new ConcurrentHashMap<>();
    private final AtomicInteger permits = new AtomicInteger();

    public StepGates(CommandBus commands, Clock clock, WorkerId worker, Duration leaseFor) {
        this.commands = commands;
        this.clock = clock;
        this.worker = worker;
        this.leaseFor = leaseFor;
        this.breakers = new Breakers(commands, clock);
    }

    /**
     * Takes a call through the gates of its policies.
     *
     * @throws InterruptedException while it waited in this server's bulkhead
     */
    public Passage enter(GateCall call) throws InterruptedException {
        OpenGate open = new OpenGate();
        Optional<Passage> stop = Optional.empty();
        boolean through = false;
        try {
            stop = stop(call, open);
            through = stop.isEmpty();
        } finally {
            if (!through) {
                open.leave();
            }
        }
        return stop.orElseGet(() -> new Passage.Open(open));
    }

    private Optional<Passage> stop(GateCall call, OpenGate open) throws InterruptedException {
        StepPolicies policies = call.policies();
        Optional<Passage> stop = policies.find(Cache.class).flatMap(cache -> cached(cache, call, open));
        if (stop.isEmpty()) {
            stop = policies.find(Concurrency.class).flatMap(limit -> concurrency(limit, call, open));
        }
        if (stop.isEmpty()) {
            stop = policies.find(RateLimit.class).flatMap(rate -> rate(rate, call, open));
        }
        Optional<Bulkhead> bulkhead = policies.find(Bulkhead.class);
        if (stop.isEmpty() && bulkhead.isPresent()) {
            stop = bulkhead.get().isShared() ? shared(bulkhead.get(), call, open) : local(bulkhead.get(), call, open);
        }
        return stop.isEmpty() ? policies.find(CircuitBreaker.class).flatMap(breaker -> breaker(breaker, open)) : stop;
    }

    /** Whether steps of this worker hold permits whose leases have to be extended. */
    public boolean holdsPermits() {
        return permits.get() > 0;
    }

    public void extendPermits() {
        commands.execute(Envelope.internal(new ExtendPermits(worker, leaseFor))).orThrow();
    }

    // cache

    private Optional<Passage> cached(Cache cache, GateCall call, OpenGate open) {
        JsonNode input = cache.input() == null ? call.input().get() : JsonCodec.toTree(cache.input());
        String name = named(cache.name(), call);
        String hash = LimitKeys.hash(LimitKeys.canonical(input));
        CacheKey key = new CacheKey(call.run().tenant(), name, hash);
        Optional<String> known = find(key);
        if (known.isPresent()) {
            if (call.hasWaited()) {
                giveBack(call.holder() + "/cache");
            }
            return Optional.of(new Passage.Answered(known.get()));
        }
        Permit permit = new Permit(
                call,
                "cache",
                LimitKeys.scope(key.tenant(), "cache:" + name),
                Lane.ofKey(hash),
                Limits.perLane(1),
                null);
        Optional<Passage> stop = permit.acquire("another run computes the same");
        if (stop.isPresent()) {
            return stop;
        }
        open.passed(end -> permit.leaveCache(end, key, cache.ttl()));
        // whoever computed before may have ended between the look and the permit
        return find(key).map(Passage.Answered::new);
    }

    private Optional<String> find(CacheKey key) {
        return Optional.ofNullable(commands.execute(Envelope.internal(new FindCached(key)))
                .orThrow()
                .json());
    }

    // limits that servers share

    private Optional<Passage> concurrency(Concurrency limit, GateCall call, OpenGate open) {
        String name = named(limit.name(), call);
        Permit permit = new Permit(
                call,
                "limit",
                scope(call, "limit:" + name),
                lane(limit.key(), call),
                Limits.perLane(limit.limit()),
                null);
        return permit.pass(
                open,
                "the limit of " + limit.limit() + " at a time of '" + name + "'" + of(limit.key(), call)
                        + " is reached");
    }

    private Optional<Passage> rate(RateLimit rate, GateCall call, OpenGate open) {
        String name = named(rate.name(), call);
        Limits limits = new Limits(0, 0, null, LimitKeys.rate(rate), 0, Limits.ANY);
        Permit permit = new Permit(call, "rate", scope(call, "rate:" + name), lane(rate.key(), call), limits, null);
        return permit.pass(
                open,
                "the limit of " + rate.permits() + " in " + rate.per() + " of '" + name + "'" + of(rate.key(), call)
                        + " is reached");
    }

    private Optional<Passage> shared(Bulkhead bulkhead, GateCall call, OpenGate open) {
        String name = named(bulkhead.name(), call);
        Limits limits = new Limits(0, bulkhead.limit(), null, null, 0, bulkhead.queue());
        // what a bulkhead guards is outside, and the same for all tenants
        Permit permit = new Permit(call, "bulkhead", "* bulkhead:" + name, Lane.ALL, limits, bulkhead.maxWait());
        return permit.pass(open, "the bulkhead '" + name + "' lets " + bulkhead.limit() + " in at a time");
    }

    private static String scope(GateCall call, String name) {
        return LimitKeys.scope(call.run().tenant(), name);
    }

    private static String named(String declared, GateCall call) {
        return declared.isEmpty() ? call.run().workflowId() + "/" + call.name() : declared;
    }

    private static String lane(Key key, GateCall call) {
        return key.isNone() ? Lane.ALL : Lane.ofKey(LimitKeys.shortened(keyValue(key, call)));
    }

    private static String keyValue(Key key, GateCall call) {
        String value = key.value();
        return value == null ? LimitKeys.value(key, call.input().get()) : value;
    }

    private static String of(Key key, GateCall call) {
        return key.isNone() ? "" : " for '" + keyValue(key, call) + "'";
    }

    private void giveBack(String holder) {
        commands.execute(Envelope.internal(new ReleasePermits(Set.of(holder)))).orThrow();
    }

    /** A place in a lane, as one call asks for it. */
    private final class Permit {
        private final GateCall call;
        private final String holder;
        private final String scope;
        private final String lane;
        private final Limits limits;
        private final @Nullable Duration maxWait;
        private boolean isHeld;

        Permit(GateCall call, String purpose, String scope, String lane, Limits limits, @Nullable Duration maxWait) {
            this.call = call;
            this.holder = call.holder() + "/" + purpose;
            this.scope = scope;
            this.lane = lane;
            this.limits = limits;
            this.maxWait = maxWait;
        }

        Optional<Passage> pass(OpenGate open, String why) {
            Optional<Passage> stop = acquire(why);
            if (stop.isEmpty()) {
                open.passed(end -> leave());
            }
            return stop;
        }

        Optional<Passage> acquire(String why) {
            AcquirePermit.Answer answer = commands.execute(Envelope.internal(new AcquirePermit(
                            holder,
                            call.run().id(),
                            call.step(),
                            scope,
                            lane,
                            limits,
                            call.run().priority(),
                            maxWait,
                            worker.owner(),
                            leaseFor)))
                    .orThrow();
            return switch (answer.verdict()) {
                case GO, GO_FREELY -> {
                    isHeld = answer.verdict() == Verdict.GO;
                    permits.addAndGet(isHeld ? 1 : 0);
                    yield Optional.empty();
                }
                case WAIT -> Optional.of(postponed(answer.until(), why));
                case FULL -> Optional.of(refused(Bulkhead.FULL, why + ", and " + limits.queue() + " wait already"));
                case TIMEOUT -> Optional.of(refused(Bulkhead.TIMEOUT, why + ", and it has waited for " + maxWait));
            };
        }

        void leave() {
            if (isHeld) {
                permits.decrementAndGet();
                giveBack(holder);
            }
        }

        void leaveCache(OpenGate.End end, CacheKey key, Duration ttl) {
            if (end instanceof OpenGate.End.Succeeded succeeded
                    && succeeded.json().length() <= LARGEST_CACHED) {
                permits.addAndGet(isHeld ? -1 : 0);
                commands.execute(Envelope.internal(new KeepCached(key, succeeded.json(), ttl, scope, lane, holder)))
                        .orThrow();
            } else {
                leave();
            }
        }
    }

    private Passage postponed(@Nullable Instant until, String why) {
        Instant latest = clock.now().plus(LONGEST_SILENCE);
        Instant again = until == null || until.isAfter(latest) ? latest : until;
        return new Passage.Postponed(again, Failure.of(Ticket.LIMIT_REACHED, "Waits because " + why));
    }

    private static Passage refused(String code, String why) {
        return new Passage.Refused(Failure.of(code, why));
    }

    // what this server does by itself

    private Optional<Passage> local(Bulkhead bulkhead, GateCall call, OpenGate open) throws InterruptedException {
        String name = named(bulkhead.name(), call);
        LocalBulkhead own = bulkheads.computeIfAbsent(name, missing -> new LocalBulkhead(bulkhead.limit()));
        String why = "The bulkhead '" + name + "' lets " + bulkhead.limit() + " in at a time";
        return switch (own.enter(bulkhead)) {
            case IN -> {
                open.passed(end -> own.leave());
                yield Optional.empty();
            }
            case FULL -> Optional.of(refused(Bulkhead.FULL, why + ", and " + bulkhead.queue() + " wait already"));
            case TIMEOUT ->
                Optional.of(refused(Bulkhead.TIMEOUT, why + ", and it has waited for " + bulkhead.maxWait()));
        };
    }

    private Optional<Passage> breaker(CircuitBreaker policy, OpenGate open) {
        Breakers.Answer answer = breakers.ask(policy);
        if (answer instanceof Breakers.Answer.Open refusal) {
            Instant probed = clock.now().plus(PROBED_BY_THEN);
            Instant until = refusal.breaker().until();
            Instant again = until == null || until.isBefore(probed) ? probed : until;
            String why = "Circuit breaker '" + policy.name() + "' is open"
                    + (until == null ? ", and is being probed" : " until " + until);
            return Optional.of(
                    policy.waits()
                            ? new Passage.Postponed(again, Failure.of(CircuitBreaker.OPEN, why))
                            : refused(CircuitBreaker.OPEN, why));
        }
        boolean isProbe = answer instanceof Breakers.Answer.Probe;
        open.passed(end -> {
            boolean failed = end instanceof OpenGate.End.Failed failure && policy.counts(failure.thrown());
            boolean wasMade = !(end instanceof OpenGate.End.Left);
            if (wasMade) {
                breakers.tell(policy, isProbe, !failed);
            }
        });
        return Optional.empty();
    }
}
