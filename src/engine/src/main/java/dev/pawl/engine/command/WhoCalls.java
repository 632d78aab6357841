package dev.pawl.engine.command;

import java.util.Optional;

/** Tells whom the server has authenticated for the call in progress. */
public interface WhoCalls {

    /** Empty when nobody was. */
    Optional<Identity> identity();

    /** As the sender of commands: the authenticated user, or nobody. */
    default Caller caller() {
        return identity().map(Identity::caller).orElse(Caller.ANONYMOUS);
    }
}
