package dev.pawl.engine.work.code;

/**
 * How the engine makes durable code leave its method. An error without stack trace, so that {@code catch (Exception)} does
 * not swallow it; a branch that swallows it all the same gets it again at its next call.
 */
abstract sealed class Leave extends Error {
    private static final long serialVersionUID = 1L;

    Leave(String message) {
        super(message, null, false, false);
    }

    /** The branch waits; the run goes on later. */
    static final class Suspended extends Leave {
        private static final long serialVersionUID = 1L;

        Suspended(String what) {
            super("The run waits: " + what);
        }
    }

    /** The method is to be called again: the journal was changed by others, or the run is paused. */
    static final class Again extends Leave {
        private static final long serialVersionUID = 1L;

        Again() {
            super("The run is taken up again from its journal");
        }
    }

    /** Results of this execution are not wanted any more. */
    static final class Lost extends Leave {
        private static final long serialVersionUID = 1L;

        Lost(String reason) {
            super("The worker has lost the run: " + reason);
        }
    }

    /** The code does not do what is recorded of it. */
    static final class Mismatch extends Leave {
        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message);
        }
    }

    /** The run begins anew. */
    static final class Continued extends Leave {
        private static final long serialVersionUID = 1L;

        private final transient Object input;

        Continued(Object input) {
            super("The run continues as new");
            this.input = input;
        }

        Object input() {
            return input;
        }
    }

    /** The code is to stop for good: the run is cancelled, or a branch beside this one has failed. Sagas compensate. */
    static final class Stopped extends Leave {
        private static final long serialVersionUID = 1L;

        static final String CANCEL = "cancel";
        static final String BRANCH = "stop";

        private final String why;

        Stopped(String why) {
            super(
                    why.equals(CANCEL)
                            ? "The run is cancelled"
                            : "The branch is stopped because another one of its fork has failed");
            this.why = why;
        }

        boolean isCancel() {
            return why.equals(CANCEL);
        }

        String why() {
            return why;
        }
    }
}
