package dev.pawl.engine.command;

import java.util.List;
import java.util.Optional;

/**
 * A user the server has authenticated.
 *
 * @param roles the user's groups, without the one that says the tenant
 * @param tenant empty for the default tenant
 */
public record Identity(String name, List<String> roles, Optional<String> tenant) {

    /** A group of this form says which tenant its users belong to. */
    private static final String TENANT_GROUP = "tenant:";

    public Identity {
        roles = List.copyOf(roles);
    }

    /**
     * Reads a user's groups.
     *
     * @param statedTenant what a token says; it comes before what a group says
     */
    public static Identity of(String name, List<String> groups, Optional<String> statedTenant) {
        return new Identity(
                name,
                groups.stream().filter(group -> !group.startsWith(TENANT_GROUP)).toList(),
                statedTenant.or(() -> groups.stream()
                        .filter(group -> group.startsWith(TENANT_GROUP) && group.length() > TENANT_GROUP.length())
                        .map(group -> group.substring(TENANT_GROUP.length()))
                        .findFirst()));
    }

    /** The user as the sender of commands. */
    public Caller caller() {
        return new Caller(tenant.orElse(Caller.DEFAULT_TENANT), name);
    }
}
