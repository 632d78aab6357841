package dev.pawl.engine.command;

/** What a worker tells of a step it has leased. Reports that come at the same time are written in one transaction. */
public interface Report<R> extends Command<R> {

    Assignment assignment();

    /** Whether the run in the assignment may be taken for current, with compare-and-set as the guard. */
    boolean trustRun();

    @Override
    Report<R> repeated();
}
