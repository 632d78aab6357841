package dev.pawl.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one run may cost at most.
 *
 * @param commits of the database
 * @param statements without those that begin and end transactions
 * @param twoPhase transactions prepared for a two-phase commit
 */
public record Budget(double commits, double statements, double twoPhase) {

    /** For a run of three steps that do nothing, over a burst. */
    public static final Budget THREE_STEPS = new Budget(2, 8, 0.1);

    /** Of a server that has nothing to do, however many runs sleep. */
    public static final double IDLE_STATEMENTS_PER_SECOND = 2;

    /** What of the figure is over the budget, in words, or nothing. */
    public List<String> exceededBy(PerRun run) {
        List<String> over = new ArrayList<>();
        compare(over, "commits", run.commits(), commits);
        compare(over, "statements", run.statements(), statements);
        compare(over, "two-phase commits", run.twoPhase(), twoPhase);
        return over;
    }

    private static void compare(List<String> over, String what, double found, double allowed) {
        if (found > allowed) {
            over.add(String.format(Locale.ROOT, "%s: %.2f where %.2f are allowed", what, found, allowed));
        }
    }
}
