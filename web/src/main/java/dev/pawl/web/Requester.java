package dev.pawl.web;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.Identity;
import dev.pawl.engine.command.WhoCalls;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/** Who sent a request, as the engine records it. */
public final class Requester {

    private Requester() {}

    public static Caller of(SecurityContext security) {
        return identity(security).map(Identity::caller).orElse(Caller.ANONYMOUS);
    }

    /** The authenticated user with groups and tenant, which JAX-RS does not tell. */
    public static Optional<Identity> identity(SecurityContext security) {
        return security.getUserPrincipal() == null
                ? Optional.empty()
                : CDI.current().select(WhoCalls.class).get().identity();
    }
}
