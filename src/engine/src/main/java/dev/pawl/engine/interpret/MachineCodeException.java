package dev.pawl.engine.interpret;

/** A guard or an action of a state machine threw; nothing of the transition stays. */
public final class MachineCodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MachineCodeException(String machine, String instance, String state, String event, Exception cause) {
        super(
                "Event '" + event + "' of instance '" + instance + "' of machine '" + machine + "' in state '" + state
                        + "' was not carried out, because the machine's code threw " + cause,
                cause);
    }
}
