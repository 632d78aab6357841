package dev.pawl.web;

import dev.pawl.engine.command.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Who sent a request, as the engine records it. */
public final class Requester {

    private Requester() {}

    public static Caller of(SecurityContext security) {
        Principal principal = security.getUserPrincipal();
        return principal == null ? Caller.ANONYMOUS : new Caller(Caller.DEFAULT_TENANT, principal.getName());
    }
}
