package dev.pawl.web.entity;

import dev.pawl.engine.command.Identity;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.web.Requester;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * On whose behalf a program acts: the user the server authenticated, with the user's groups as roles, and nothing that the
 * request itself says. Whoever did not authenticate is nobody.
 */
public final class Authenticated {

    private Authenticated() {}

    public static Caller caller(SecurityContext security) {
        return Requester.identity(security).map(Authenticated::caller).orElseGet(Caller::anonymous);
    }

    /** The name the caller is recorded under. */
    public static String name(SecurityContext security) {
        Principal principal = security.getUserPrincipal();
        return principal == null ? "anonymous" : principal.getName();
    }

    static Caller caller(Identity user) {
        return Caller.authenticated(user.name(), user.roles(), user.tenant());
    }
}
