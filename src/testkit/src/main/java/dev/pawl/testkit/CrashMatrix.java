package dev.pawl.testkit;

import dev.pawl.testkit.CrashTrial.Traces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Plays a scenario again and again, and each time kills the server at other places.
 *
 * <pre>{@code
 * CrashMatrix.of(trial -> {
 *     var shop = new FakeShop(trial.effects());
 *     var engine = trial.engine(TestEngine.with(new FulfilOrder(shop)));
 *     var run = engine.start(FulfilOrder.class, order);
 *     engine.publish(PAID, order.id(), payment);
 *     engine.advance(Duration.ofDays(30));
 *     assertThat(run.output(String.class)).isEqualTo("shipped");
 * }).verify();
 * }</pre>
 *
 * <p>The scenario is first played without a death. After every further play, beside what the scenario itself asserts:
 *
 * <ul>
 *   <li>the same runs, children included, have come to the same status, output and error, by the same recorded steps with
 *       the same results;
 *   <li>no step ran again once its end was recorded;
 *   <li>each step ran under the same idempotency keys, and so did each effect {@linkplain SideEffects#happen outside}: at
 *       least once, for the same keys;
 *   <li>each {@linkplain SideEffects#commit committed} effect happened exactly as often.
 * </ul>
 *
 * <p>Places to die at are before and after each transaction of the server and before and after the code of each step. The
 * scenario is to be the same whenever it is played; what it makes, it makes anew each time.
 */
public final class CrashMatrix {

    /** What is played. */
    @FunctionalInterface
    public interface Scenario {
        void play(CrashTrial trial) throws Exception;
    }

    /**
     * What was tried.
     *
     * @param plays with at least one death
     * @param deaths over all plays
     * @param places at which the server may die in a play
     */
    public record Tried(int plays, int deaths, int places) {}

    private static final int SEEDS = 100;
    private static final int MOST_DEATHS = 3;

    private final Scenario scenario;
    private final List<Long> seeds;
    private final int mostDeaths;

    private CrashMatrix(Scenario scenario, Collection<Long> seeds, int mostDeaths) {
        this.scenario = scenario;
        this.seeds = List.copyOf(seeds);
        this.mostDeaths = mostDeaths;
    }

    /** Plays it with 100 seeds, and one to three deaths each. */
    public static CrashMatrix of(Scenario scenario) {
        return new CrashMatrix(scenario, firstSeeds(SEEDS), MOST_DEATHS);
    }

    /** Plays it with this many seeds. */
    public CrashMatrix seeds(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A matrix needs a seed, was " + count);
        }
        return new CrashMatrix(scenario, firstSeeds(count), mostDeaths);
    }

    /** Plays it with this seed alone: one that a failure named. */
    public CrashMatrix seed(long seed) {
        return new CrashMatrix(scenario, List.of(seed), mostDeaths);
    }

    /** Kills the server this often at most in each play. */
    public CrashMatrix deaths(int atMost) {
        if (atMost < 1) {
            throw new IllegalArgumentException("A play needs a death, was " + atMost);
        }
        return new CrashMatrix(scenario, seeds, atMost);
    }

    /**
     * Plays the scenario with random deaths, by every seed.
     *
     * @throws AssertionError when a play went wrong; it names the seed and where the server died
     */
    public Tried verify() {
        CrashTrial undisturbed = play(new KillPoints(Set.of()), "Without a death");
        Traces expected = traces(undisturbed, "Without a death");
        int places = undisturbed.points().passed();
        int deaths = 0;
        for (long seed : seeds) {
            deaths += verify(randomPlaces(seed, places), expected, "With seed " + seed);
        }
        return new Tried(seeds.size(), deaths, places);
    }

    /**
     * Plays the scenario once for each place, with a death there and nowhere else.
     *
     * @throws AssertionError when a play went wrong; it tells where the server died
     */
    public Tried verifyEveryPlace() {
        CrashTrial undisturbed = play(new KillPoints(Set.of()), "Without a death");
        Traces expected = traces(undisturbed, "Without a death");
        int places = undisturbed.points().passed();
        for (int place = 0; place < places; place++) {
            verify(Set.of(place), expected, "At place " + place);
        }
        return new Tried(places, places, places);
    }

    private int verify(Set<Integer> deadly, Traces expected, String which) {
        CrashTrial trial = play(new KillPoints(deadly), which);
        List<String> deaths = trial.points().deaths();
        if (deaths.isEmpty()) {
            throw new AssertionError(which + " the server did not come to any of the places " + deadly
                    + " to die at: the scenario is not the same whenever it is played");
        }
        difference(traces(trial, which), expected).ifPresent(difference -> {
            throw new AssertionError(told(which, deaths) + difference);
        });
        return deaths.size();
    }

    private CrashTrial play(KillPoints points, String which) {
        CrashTrial trial = new CrashTrial(points);
        try {
            scenario.play(trial);
            return trial;
        } catch (Exception | AssertionError e) {
            throw new AssertionError(told(which, points.deaths()) + e.getMessage(), e);
        }
    }

    private static Traces traces(CrashTrial trial, String which) {
        Traces traces = trial.traces();
        if (trial.points().passed() == 0) {
            throw new AssertionError(which + " the server did nothing in this scenario");
        }
        return traces;
    }

    private static Optional<String> difference(Traces traces, Traces expected) {
        if (!traces.runs().equals(expected.runs())) {
            List<RunTrace> others = new ArrayList<>(traces.runs());
            others.removeAll(expected.runs());
            List<RunTrace> missing = new ArrayList<>(expected.runs());
            missing.removeAll(traces.runs());
            return Optional.of("runs came to " + others + " instead of " + missing);
        }
        if (!traces.keys().equals(expected.keys())) {
            return Optional.of(
                    "steps ran under the idempotency keys " + traces.keys() + " instead of " + expected.keys());
        }
        return traces.effects().difference(expected.effects());
    }

    private Set<Integer> randomPlaces(long seed, int places) {
        Random random = new Random(seed);
        int count = Math.min(places, 1 + random.nextInt(mostDeaths));
        Set<Integer> chosen = new TreeSet<>();
        while (chosen.size() < count) {
            chosen.add(random.nextInt(places));
        }
        return chosen;
    }

    private static String told(String which, List<String> deaths) {
        return which + (deaths.isEmpty() ? ": " : ", when the server died " + deaths + ": ");
    }

    private static List<Long> firstSeeds(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Long::valueOf).toList();
    }
}
