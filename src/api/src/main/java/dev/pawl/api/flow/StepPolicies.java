package dev.pawl.api.flow;

import java.util.List;
import java.util.Optional;

/** The policies of a stage or step: at most one of a kind. */
public record StepPolicies(List<StepPolicy> all) {

    public static final StepPolicies NONE = new StepPolicies(List.of());

    public StepPolicies {
        all = List.copyOf(all);
        if (all.stream().map(Object::getClass).distinct().count() != all.size()) {
            throw new IllegalArgumentException("A step policy is declared twice: " + all);
        }
    }

    public static StepPolicies of(StepPolicy... policies) {
        return new StepPolicies(List.of(policies));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public <P extends StepPolicy> Optional<P> find(Class<P> type) {
        return all.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
