package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.flow.Concurrency;
import dev.pawl.api.flow.Debounce;
import dev.pawl.api.flow.RateLimit;
import dev.pawl.api.flow.StartPolicies;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.LimitKeys;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.limit.Hold;
import dev.pawl.engine.model.limit.Lane;
import dev.pawl.engine.model.limit.Limits;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import dev.pawl.engine.port.LimitStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts runs whose workflow declares start policies behind their limit: they cannot be claimed before they are let in. A run
 * of any other workflow is not touched.
 */
final class StartLimits {

    /**
     * Fair workflows let so many runs in at a time, and the next when all of these have begun: runs that may be claimed are
     * claimed by age, so an old run let in later would go before a young one let in earlier.
     */
    static final int READY = 32;

    private static final String DEBOUNCE = "DEBOUNCE";
    private static final String LIMIT = "LIMIT";

    private final StartPolicies policies;
    private final String scope;
    private final String lane;
    private final String key;

    private StartLimits(StartPolicies policies, String scope, String lane, String key) {
        this.policies = policies;
        this.scope = scope;
        this.lane = lane;
        this.key = key;
    }

    static Optional<StartLimits> of(Definition definition, String tenant, JsonNode input) {
        StartPolicies policies = definition.startPolicies();
        if (policies.isEmpty()) {
            return Optional.empty();
        }
        String scope = LimitKeys.scope(tenant, policies.name().orElse("workflow:" + definition.id()));
        if (policies.key().isNone()) {
            return Optional.of(new StartLimits(policies, scope, Lane.ALL, ""));
        }
        String value = LimitKeys.value(policies.key(), input);
        return Optional.of(new StartLimits(
                policies,
                scope,
                Lane.ofKey(LimitKeys.shortened(value)),
                policies.key().pointer() + " = " + value));
    }

    /** Whether starts that follow one another are one run; children are runs of their own. */
    boolean debounces() {
        return policies.debounce().isPresent();
    }

    /** The run that starts are gathered in, if there is one. Starts of a scope are gathered one after the other. */
    Optional<Run> gathering(UnitOfWork work) {
        LimitStore store = work.ports().limits();
        store.lock(scope);
        return store.oldestWaiting(scope, lane)
                .flatMap(ticket -> work.find(ticket.run()))
                .filter(found ->
                        found.status() == RunStatus.PENDING && found.state().isHeld());
    }

    /** Gives that run another request and lets it wait on; answers whether it was still there to be given anything. */
    boolean join(Run run, RunRequest request, UnitOfWork work) {
        LimitStore store = work.ports().limits();
        Optional<Ticket> ticket = store.find(run.id().value());
        Hold hold = run.state().hold();
        if (ticket.isEmpty() || hold == null || ticket.get().state().isIn()) {
            return false;
        }
        Instant until = quietUntil(ticket.get().createdAt(), work.now());
        if (!store.change(ticket.get().notBefore(until), ticket.get().state())) {
            return false;
        }
        Payload before = Optional.ofNullable(
                        work.ports().runs().requests(List.of(run.id())).get(run.id()))
                .map(RunRequest::input)
                .orElseThrow();
        if (before instanceof Payload.Stored stored) {
            work.ports().runs().discard(List.of(stored.blobKey()));
        }
        run.replaceRequest(request);
        run.hold(hold.until(until));
        work.record(
                run,
                EventType.WORKFLOW_DEBOUNCED,
                Map.of("until", until, "principal", work.caller().principal()));
        return true;
    }

    private Instant quietUntil(Instant first, Instant now) {
        Debounce debounce = policies.debounce().orElseThrow();
        Instant quiet = now.plus(debounce.quiet());
        Instant longest = debounce.atMost() == null ? quiet : first.plus(debounce.atMost());
        return quiet.isAfter(longest) ? longest : quiet;
    }

    /** Puts a new run behind its limit. */
    void hold(Run run, boolean gathers, UnitOfWork work) {
        boolean debounced = gathers && debounces();
        Instant notBefore = debounced ? quietUntil(work.now(), work.now()) : work.now();
        Limits limits = limits();
        run.hold(new Hold(
                true,
                limits.ready() > 0,
                debounced ? DEBOUNCE : LIMIT,
                detail(debounced),
                debounced ? notBefore : null));
        work.ports()
                .limits()
                .add(Ticket.of(run.id(), scope, lane, run.header().priority(), work.now(), notBefore, limits));
        work.ports().afterCommit().run(work.ports().doorbell()::limits);
    }

    /** A finished run begins once more: it takes its place again, whether or not there is room. */
    static void heldAgain(Run run, Definition definition, JsonNode input, UnitOfWork work) {
        of(definition, run.header().tenant(), input).ifPresent(limit -> {
            LimitStore store = work.ports().limits();
            store.remove(List.of(run.id().value()));
            store.add(Ticket.of(
                            run.id(),
                            limit.scope,
                            limit.lane,
                            run.header().priority(),
                            work.now(),
                            work.now(),
                            limit.limits())
                    .in(TicketState.HELD));
        });
    }

    private Limits limits() {
        return new Limits(
                policies.concurrency().map(Concurrency::limit).orElse(0),
                policies.concurrencyPerKey().map(Concurrency::limit).orElse(0),
                rate(policies.rate()),
                rate(policies.ratePerKey()),
                policies.isFair() ? READY : 0,
                Limits.ANY);
    }

    private static dev.pawl.engine.model.limit.@Nullable Rate rate(Optional<RateLimit> limit) {
        return limit.map(LimitKeys::rate).orElse(null);
    }

    private String detail(boolean debounced) {
        List<String> limits = new ArrayList<>();
        policies.concurrency()
                .ifPresent(limit -> limits.add("at most " + limit.limit() + " of '" + scope + "' at a time"));
        policies.concurrencyPerKey()
                .ifPresent(limit -> limits.add("at most " + limit.limit() + " at a time with " + key));
        policies.rate().ifPresent(rate -> limits.add(rate.permits() + " of '" + scope + "' in " + rate.per()));
        policies.ratePerKey().ifPresent(rate -> limits.add(rate.permits() + " in " + rate.per() + " with " + key));
        if (policies.isFair()) {
            limits.add("turns over " + policies.key().pointer() + ", here " + key);
        }
        String all = limits.isEmpty() ? "" : "the limit " + String.join(" and ", limits) + " is reached";
        if (!debounced) {
            return "Waits because " + all;
        }
        return "Waits for further starts" + (key.isEmpty() ? "" : " with " + key)
                + (all.isEmpty() ? "" : ", and then while " + all);
    }
}
