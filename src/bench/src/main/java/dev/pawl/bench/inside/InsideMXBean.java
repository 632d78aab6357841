package dev.pawl.bench.inside;

import java.util.List;

/** What the benchmark's process asks of the clients inside the server. */
public interface InsideMXBean {

    /** What clients did and saw: the runs they started, and the times they waited for them where they did. */
    record Report(List<String> runs, double[] millis, double seconds) {
        public Report {
            runs = List.copyOf(runs);
            millis = millis.clone();
        }

        @Override
        public double[] millis() {
            return millis.clone();
        }
    }

    /** Clients that start runs and wait for the end of each, until as many are started or so long has passed. */
    Report startAndAwait(String workflow, int clients, int runs, double atMostSeconds);

    /** Clients that start runs and wait for none of them. */
    Report start(String workflow, int clients, int runs);

    /** Clients that send the commands of a {@link dev.pawl.bench.pipeline.StockCommands}, of which these are the components. */
    Report command(String prefix, int clients, int each, int all);

    /** Clients that publish one event of this type for each number below {@code count}, correlated by the prefix and the number. */
    void publish(String type, int clients, int count, String prefix);

    /** Takes all places of the server's worker, so that whatever is started waits; returns when they are taken. */
    void holdPlaces(int places);

    /** Gives the places back. */
    void releasePlaces();
}
