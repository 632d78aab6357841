package dev.pawl.api.flow;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The start policies of a workflow: at most one of a kind, and a concurrency and a rate limit for each key beside those for
 * all runs. All that count by a key count by the same one.
 */
public record StartPolicies(List<StartPolicy> all) {

    public static final StartPolicies NONE = new StartPolicies(List.of());

    public StartPolicies {
        all = List.copyOf(all);
        refuseDoubles(all);
        if (keys(all).distinct().count() > 1) {
            throw new IllegalArgumentException("Start policies of a workflow count by the same key, these by "
                    + keys(all).distinct().toList());
        }
        if (names(all).distinct().count() > 1) {
            throw new IllegalArgumentException("Start policies of a workflow are named alike, these are "
                    + names(all).distinct().toList());
        }
        all.stream().map(StartPolicies::keyOf).forEach(key -> {
            if (key.value() != null) {
                throw new IllegalArgumentException("A workflow's key is found by a pointer, not given: " + key.value());
            }
        });
    }

    public static StartPolicies of(StartPolicy... policies) {
        return new StartPolicies(List.of(policies));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** What runs are told apart by; {@link Key#NONE} when nothing tells them apart. */
    public Key key() {
        return keys(all).findFirst().orElse(Key.NONE);
    }

    /** What shares the limits with other workflows, if anything does. */
    public Optional<String> name() {
        return names(all).findFirst();
    }

    /** Of all runs. */
    public Optional<Concurrency> concurrency() {
        return find(Concurrency.class, limit -> limit.key().isNone());
    }

    /** Of the runs of each key. */
    public Optional<Concurrency> concurrencyPerKey() {
        return find(Concurrency.class, limit -> !limit.key().isNone());
    }

    /** Of all runs. */
    public Optional<RateLimit> rate() {
        return find(RateLimit.class, rate -> rate.key().isNone());
    }

    /** Of the runs of each key. */
    public Optional<RateLimit> ratePerKey() {
        return find(RateLimit.class, rate -> !rate.key().isNone());
    }

    public boolean isFair() {
        return find(Fairness.class, fairness -> true).isPresent();
    }

    public Optional<Debounce> debounce() {
        return find(Debounce.class, debounce -> true);
    }

    private <P extends StartPolicy> Optional<P> find(Class<P> type, Predicate<P> wanted) {
        return all.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(wanted)
                .findFirst();
    }

    private static void refuseDoubles(List<StartPolicy> all) {
        long kinds = all.stream()
                .map(policy -> policy.getClass()
                        + (policy instanceof Concurrency || policy instanceof RateLimit
                                ? " " + keyOf(policy).isNone()
                                : ""))
                .distinct()
                .count();
        if (kinds != all.size()) {
            throw new IllegalArgumentException("A start policy is declared twice: " + all);
        }
    }

    private static Stream<Key> keys(List<StartPolicy> all) {
        return all.stream().map(StartPolicies::keyOf).filter(key -> !key.isNone());
    }

    private static Stream<String> names(List<StartPolicy> all) {
        return all.stream()
                .map(policy -> policy instanceof Concurrency limit
                        ? limit.name()
                        : policy instanceof RateLimit rate ? rate.name() : "")
                .filter(name -> !name.isEmpty());
    }

    private static Key keyOf(StartPolicy policy) {
        if (policy instanceof Concurrency concurrency) {
            return concurrency.key();
        }
        if (policy instanceof RateLimit rate) {
            return rate.key();
        }
        return policy instanceof Fairness fairness ? fairness.key() : ((Debounce) policy).key();
    }
}
