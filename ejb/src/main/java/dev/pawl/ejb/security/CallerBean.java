package dev.pawl.ejb.security;

import dev.pawl.engine.command.Identity;
import dev.pawl.engine.command.WhoCalls;
import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/** Asks the container; the answer is the same for a request, for what it calls, and for nobody else. */
@Stateless
@Local(WhoCalls.class)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class CallerBean implements WhoCalls {

    /** What the server calls a user it has not authenticated. */
    private static final String UNAUTHENTICATED = "UNAUTHENTICATED";

    @Resource
    private SessionContext context;

    @Override
    public Optional<Identity> identity() {
        Principal principal = context.getCallerPrincipal();
        if (principal == null
                || principal.getName() == null
                || principal.getName().equals(UNAUTHENTICATED)) {
            return Optional.empty();
        }
        return Optional.of(TokenClaims.of(principal)
                .map(token -> Identity.of(principal.getName(), token.groups(), token.tenant()))
                .orElseGet(() -> Identity.of(principal.getName(), groups(), Optional.empty())));
    }

    private static List<String> groups() {
        return RegistryGroups.ofCaller();
    }
}
