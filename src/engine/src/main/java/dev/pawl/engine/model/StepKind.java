package dev.pawl.engine.model;

/** What a step is the execution of. */
public enum StepKind {
    /** A stage of a pipeline. */
    STAGE,
    /** The method of a code workflow: leased while it runs, suspended while it waits. */
    CODE,
    /** An instance of a state machine: suspended until an event comes. */
    MACHINE
}
