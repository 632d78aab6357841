package dev.pawl.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What workflows under test did to the world, noted by the fakes that stand for it. {@link #happen} is for what no
 * transaction takes back, a request to another system for instance; {@link #commit} for what commits or rolls back with
 * the engine's own transaction, a row of a business table for instance.
 */
public final class SideEffects {

    private record Happened(String effect, String key) {}

    private final List<Happened> outside = new ArrayList<>();
    private final List<String> committed = new ArrayList<>();
    private @Nullable TestEngine engine;

    SideEffects() {}

    void of(TestEngine value) {
        engine = value;
    }

    /**
     * Notes an effect in the outside world.
     *
     * @param key {@link dev.pawl.api.StepContext#idempotencyKey()}, by which the other system drops repetitions
     */
    public void happen(String effect, String key) {
        outside.add(new Happened(effect, key));
    }

    /**
     * Notes an effect that commits with the transaction around this call; it has not happened when that is rolled back.
     *
     * @throws IllegalStateException without a transaction, because then the effect could not be exactly once
     */
    public void commit(String effect) {
        if (engine == null) {
            throw new IllegalStateException("The trial has no engine yet; say trial.engine(…) first");
        }
        engine.database().atCommit().run(() -> committed.add(effect));
    }

    /** How often it happened outside, repetitions under the same key included. */
    public int times(String effect) {
        return (int)
                outside.stream().filter(done -> done.effect().equals(effect)).count();
    }

    /** How often it happened outside for a system that drops repetitions of a key. */
    public int distinct(String effect) {
        return keys().getOrDefault(effect, new TreeSet<>()).size();
    }

    /** How often it was committed. */
    public int commits(String effect) {
        return (int) committed.stream().filter(effect::equals).count();
    }

    /** The keys of each effect outside. */
    private Map<String, TreeSet<String>> keys() {
        return outside.stream()
                .collect(Collectors.groupingBy(
                        Happened::effect,
                        TreeMap::new,
                        Collectors.mapping(Happened::key, Collectors.toCollection(TreeSet::new))));
    }

    /** What is not as it should be, told by what happened when no server died. */
    Optional<String> difference(SideEffects expected) {
        if (!keys().equals(expected.keys())) {
            return Optional.of(
                    "effects outside, by their idempotency keys, were " + keys() + " instead of " + expected.keys());
        }
        List<String> once =
                expected.committed.stream().sorted(Comparator.naturalOrder()).toList();
        List<String> here = committed.stream().sorted(Comparator.naturalOrder()).toList();
        return once.equals(here)
                ? Optional.empty()
                : Optional.of("effects committed were " + here + " instead of " + once);
    }
}
