package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.RateLimit;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rate limits and policies: who may call, and how often. */
final class CheckPolicies {
    private CheckPolicies() {}

    static void check(List<PolicyModel> policies, Frame frame, CallScope scope) {
        for (PolicyModel policy : policies) {
            RateLimit limit = policy.declared().rateLimit();
            if (limit != null) {
                String name = policy.declared().name();
                take(limit, "policy:" + name, "Rate limit exceeded for policy '" + name + "'", scope);
            }
            if (!policy.condition().holds(frame)) {
                throw new CommandRefused(denial(policy, frame));
            }
        }
    }

    /** Takes one call of the command's own limit, if it has one. */
    static void take(CommandModel command, CallScope scope) {
        RateLimit limit = command.declared().rateLimit();
        if (limit != null) {
            EntityModel entity = command.entity();
            String owner = entity == null ? command.name() : entity.name() + "." + command.name();
            take(limit, "command:" + owner, "Rate limit exceeded for scope " + scopeKey(limit, scope), scope);
        }
    }

    static boolean allows(List<PolicyModel> policies, Frame frame, CallScope scope) {
        try {
            check(policies, frame, scope);
            return true;
        } catch (CommandRefused denied) {
            // A denied read answers like a missing row, so that it tells nothing about what is there.
            return false;
        }
    }

    private static Refusal denial(PolicyModel policy, Frame frame) {
        return new Refusal(
                RefusalCode.POLICY_DENIED,
                policy.denialMessage(),
                new Refusal.PolicyDenial(
                        policy.declared().name(),
                        policy.condition().text(),
                        policy.denialMessage(),
                        policy.condition().contextKeys(),
                        policy.condition().resolved(frame)));
    }

    private static void take(RateLimit limit, String owner, String message, CallScope scope) {
        String scopeKey = scopeKey(limit, scope);
        int allowed = (int) (limit.maxRequests() + (limit.burstAllowance() == null ? 0 : limit.burstAllowance()));
        Duration window = Duration.ofMillis((long) limit.windowMs());
        Optional<Duration> wait = scope.work()
                .rateLimits()
                .take(storeKey(owner, limit, scopeKey, scope), allowed, window, scope.instant());
        if (wait.isPresent()) {
            throw new CommandRefused(new Refusal(
                    RefusalCode.RATE_LIMITED,
                    message,
                    new Refusal.RateLimitDenial(
                            limit.scope(),
                            scopeKey,
                            allowed,
                            window.toMillis(),
                            wait.get().toMillis())));
        }
    }

    /** A global limit is one for all tenants; the others never mix tenants. */
    private static String storeKey(String owner, RateLimit limit, String scopeKey, CallScope scope) {
        return limit.scope() == RateLimit.Scope.GLOBAL
                ? owner + "|" + scopeKey
                : owner + "|" + scope.caller().tenant() + "|" + scopeKey;
    }

    private static String scopeKey(RateLimit limit, CallScope scope) {
        return switch (limit.scope()) {
            case USER -> "user:" + scope.caller().userId().orElse("anonymous");
            case TENANT -> "tenant:" + tenant(scope);
            case GLOBAL -> "global";
        };
    }

    private static String tenant(CallScope scope) {
        Map<String, Object> context = scope.caller().context();
        Object tenant = context.getOrDefault("tenantId", Absent.UNDEFINED);
        return tenant instanceof Absent ? scope.caller().tenant() : Values.toText(tenant);
    }
}
