package dev.pawl.bench.report;

import dev.pawl.bench.measure.Cost;
import dev.pawl.bench.measure.Reading;

/**
 * What one run cost, on average.
 *
 * @param statements SQL statements without those that begin and end transactions
 * @param control statements that begin and end transactions
 * @param commits transactions committed, those that only read included
 * @param writeTransactions transactions that wrote, sub-transactions that wrote included
 * @param twoPhase transactions prepared for a two-phase commit
 * @param logBytes bytes of the database's write-ahead log
 * @param wholePages pages written to that log as a whole, which bursts right after a checkpoint have most of
 * @param scannedRows rows read without an index
 * @param serverMillis processor time of the server
 * @param databaseMillis processor time of the database
 * @param jobMessages messages on the queue of the workers
 * @param eventMessages messages on the topic
 */
public record PerRun(
        double statements,
        double control,
        double commits,
        double writeTransactions,
        double twoPhase,
        double logBytes,
        double wholePages,
        double scannedRows,
        double serverMillis,
        double databaseMillis,
        double jobMessages,
        double eventMessages) {

    public static PerRun of(Cost cost, int runs) {
        Reading reading = cost.reading();
        double count = runs;
        return new PerRun(
                reading.statements().working() / count,
                reading.statements().control() / count,
                cost.commits() / count,
                reading.transactionIds() / count,
                reading.statements().prepared() / count,
                reading.logBytes() / count,
                reading.statements().wholePages() / count,
                cost.scannedRows() / count,
                reading.serverMillis() / count,
                reading.databaseMillis() / count,
                reading.messages().jobs() / count,
                reading.messages().events() / count);
    }
}
