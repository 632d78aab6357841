package dev.pawl.bench.load;

import java.util.Arrays;
import java.util.Collection;

/** Times of many runs, in milliseconds, sorted. */
public final class Latencies {

    private final double[] sorted;

    private Latencies(double[] sorted) {
        this.sorted = sorted;
    }

    public static Latencies ofMillis(Collection<Double> millis) {
        double[] values = millis.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(values);
        return new Latencies(values);
    }

    /**
     * The smallest time that at least this share of all times does not exceed.
     *
     * @param share from 0 (the shortest) to 1 (the longest)
     */
    public double percentile(double share) {
        if (sorted.length == 0) {
            throw new IllegalStateException("there are no times");
        }
        int place = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.min(sorted.length - 1, Math.max(0, place))];
    }

    public double longest() {
        return percentile(1);
    }
}
