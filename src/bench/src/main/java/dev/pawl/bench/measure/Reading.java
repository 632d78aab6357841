package dev.pawl.bench.measure;

/**
 * Counters at one moment, or, by {@link #since}, what happened between two.
 *
 * @param statements of the server's user
 * @param transactionIds transactions that wrote, sub-transactions that wrote included
 * @param logBytes written to the database's write-ahead log
 * @param serverMillis processor time of the server's process
 * @param databaseMillis processor time of the database's processes
 * @param ownMillis processor time of this process
 * @param machineMillis processor time of everything on the machine
 */
public record Reading(
        Statements statements,
        long transactionIds,
        long logBytes,
        long serverMillis,
        long databaseMillis,
        long ownMillis,
        long machineMillis,
        Messages messages) {

    Reading since(Reading before) {
        return new Reading(
                statements.since(before.statements),
                transactionIds - before.transactionIds,
                logBytes - before.logBytes,
                serverMillis - before.serverMillis,
                databaseMillis - before.databaseMillis,
                ownMillis - before.ownMillis,
                machineMillis - before.machineMillis,
                messages.since(before.messages));
    }

    /** Processor time that neither what is measured nor this process used. */
    public long otherMillis() {
        return Math.max(0, machineMillis - serverMillis - databaseMillis - ownMillis);
    }
}
