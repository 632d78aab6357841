package dev.pawl.web.entity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * On whose behalf a program acts: the user the server authenticated, with the user's groups as roles, and nothing that the
 * request itself says. Whoever did not authenticate is nobody.
 */
public final class Authenticated {

    /** A group of this form says which tenant its users belong to. */
    private static final String TENANT_GROUP = "tenant:";

    private Authenticated() {}

    public static Caller caller(SecurityContext security) {
        Principal principal = security.getUserPrincipal();
        if (principal == null) {
            return Caller.anonymous();
        }
        return TokenClaims.of(principal)
                .map(token -> caller(principal.getName(), token.groups(), token.tenant()))
                .orElseGet(() -> caller(principal.getName(), RegistryGroups.ofCaller(), Optional.empty()));
    }

    /** The name the caller is recorded under. */
    public static String name(SecurityContext security) {
        Principal principal = security.getUserPrincipal();
        return principal == null ? "anonymous" : principal.getName();
    }

    static Caller caller(String name, List<String> groups, Optional<String> statedTenant) {
        List<String> roles = new ArrayList<>(groups);
        roles.removeIf(group -> group.startsWith(TENANT_GROUP));
        Optional<String> tenant = statedTenant.or(() -> groups.stream()
                .filter(group -> group.startsWith(TENANT_GROUP) && group.length() > TENANT_GROUP.length())
                .map(group -> group.substring(TENANT_GROUP.length()))
                .findFirst());
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        ObjectNode user = context.putObject("user");
        user.put("id", name);
        if (!roles.isEmpty()) {
            user.put("role", roles.get(0));
        }
        ArrayNode all = user.putArray("roles");
        roles.forEach(all::add);
        tenant.ifPresent(known -> {
            user.put("tenantId", known);
            context.put("tenantId", known);
        });
        return Caller.of(tenant.orElse(Caller.DEFAULT_TENANT), context);
    }
}
