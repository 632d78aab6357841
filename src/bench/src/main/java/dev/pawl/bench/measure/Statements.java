package dev.pawl.bench.measure;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How often each statement was called and what it wrote, by its normalised text as {@code pg_stat_statements} keeps it.
 *
 * @param calls statement to number of calls
 * @param logBytes statement to bytes of write-ahead log, those of commits excepted
 * @param wholePages pages written to the write-ahead log as a whole, because it was their first change after a checkpoint
 */
public record Statements(Map<String, Long> calls, Map<String, Long> logBytes, long wholePages) {

    private static final Pattern TRANSACTION_CONTROL = Pattern.compile(
            "(BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TWO_PHASE = Pattern.compile(
            "(PREPARE TRANSACTION|COMMIT PREPARED|ROLLBACK PREPARED)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern PREPARE =
            Pattern.compile("PREPARE TRANSACTION\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    public Statements {
        calls = Map.copyOf(calls);
        logBytes = Map.copyOf(logBytes);
    }

    /** What was called since an earlier reading. */
    Statements since(Statements before) {
        return new Statements(
                difference(calls, before.calls), difference(logBytes, before.logBytes), wholePages - before.wholePages);
    }

    private static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
        Map<String, Long> more = new TreeMap<>();
        after.forEach((text, count) -> {
            long difference = count - before.getOrDefault(text, 0L);
            if (difference > 0) {
                more.put(text, difference);
            }
        });
        return more;
    }

    /** Statements that read or write, without those that only begin and end transactions. */
    public long working() {
        return count(text -> !isControl(text));
    }

    /** Statements that begin and end transactions, in one phase or two. */
    public long control() {
        return count(Statements::isControl);
    }

    /** Transactions prepared for a two-phase commit. */
    public long prepared() {
        return count(text -> PREPARE.matcher(text).matches());
    }

    /** The statements called most, with their calls. */
    public List<Map.Entry<String, Long>> mostCalled(int howMany) {
        return calls.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(howMany)
                .toList();
    }

    private long count(Predicate<String> which) {
        return calls.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static boolean isControl(String text) {
        return TWO_PHASE.matcher(text).matches()
                || TRANSACTION_CONTROL.matcher(text).matches();
    }
}
