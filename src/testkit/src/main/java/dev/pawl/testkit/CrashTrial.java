package dev.pawl.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One play of a scenario of a {@link CrashMatrix}: with an engine that dies where this play wants it to. */
public final class CrashTrial {

    private final KillPoints points;
    private final SideEffects effects = new SideEffects();
    private final WatchedSteps steps = new WatchedSteps();
    private @Nullable TestEngine engine;

    CrashTrial(KillPoints points) {
        this.points = points;
    }

    /**
     * Lets this engine die in this play; the server starts again at once and takes back what it had, or as {@link
     * TestEngine#afterCrash} says.
     *
     * @param value made for this play
     * @return the same engine
     */
    public TestEngine engine(TestEngine value) {
        if (engine != null) {
            throw new IllegalStateException("A trial has one engine; deploy all workflows of the scenario in it");
        }
        engine = value;
        effects.of(value);
        return value.dyingAt(points, steps);
    }

    /** What this play does to the world, to be noted by the fakes that stand for it. */
    public SideEffects effects() {
        return effects;
    }

    KillPoints points() {
        return points;
    }

    /** What is left of the play once it is over. */
    Traces traces() {
        if (engine == null) {
            throw new AssertionError("The scenario gave its trial no engine to kill: say trial.engine(…)");
        }
        return new Traces(effects, steps.keys(), engine.allRuns());
    }

    /** What a play leaves behind. */
    record Traces(SideEffects effects, Map<String, Set<String>> keys, List<RunTrace> runs) {}
}
