package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.JsonValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * On whose behalf a call runs: the tenant, and the {@code context} that programs read, with the authenticated user as
 * {@code context.user}. The host fills it from what it has authenticated, never from what the client sent.
 */
public final class Caller {
    public static final String DEFAULT_TENANT = "default";

    private final String tenant;
    private final Map<String, Object> context;

    private Caller(String tenant, Map<String, Object> context) {
        this.tenant = tenant;
        this.context = Collections.unmodifiableMap(context);
    }

    public static Caller anonymous() {
        return new Caller(DEFAULT_TENANT, new LinkedHashMap<>());
    }

    /** A user whose first role is also {@code user.role}. */
    public static Caller user(String id, String... roles) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", id);
        if (roles.length > 0) {
            user.put("role", roles[0]);
        }
        user.put("roles", new ArrayList<Object>(List.of(roles)));
        return anonymous().with("user", user);
    }

    /** The user a host has authenticated, with what programs read of it. */
    public static Caller authenticated(String id, List<String> roles, Optional<String> tenant) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", id);
        if (!roles.isEmpty()) {
            user.put("role", roles.get(0));
        }
        user.put("roles", new ArrayList<Object>(roles));
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("user", user);
        context.put("authenticated", true);
        if (!roles.isEmpty()) {
            context.put("role", roles.get(0));
        }
        tenant.ifPresent(known -> {
            user.put("tenantId", known);
            context.put("tenantId", known);
        });
        return new Caller(tenant.orElse(DEFAULT_TENANT), context);
    }

    /** A caller with this context; its {@code user}, if any, is the authenticated one. */
    public static Caller of(String tenant, JsonNode context) {
        return new Caller(tenant, JsonValues.mapFromJson(context));
    }

    public Caller inTenant(String changed) {
        return new Caller(changed, context);
    }

    public Caller with(String name, JsonNode value) {
        return with(name, JsonValues.fromJson(value));
    }

    private Caller with(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(context);
        changed.put(name, value);
        return new Caller(tenant, changed);
    }

    public String tenant() {
        return tenant;
    }

    Map<String, Object> context() {
        return context;
    }

    /** The id of the authenticated user; empty for an anonymous caller. */
    public Optional<String> userId() {
        return context.get("user") instanceof Map<?, ?> user && user.get("id") instanceof String id && !id.isEmpty()
                ? Optional.of(id)
                : Optional.empty();
    }

    boolean hasRole(String role) {
        return context.get("user") instanceof Map<?, ?> user
                && (role.equals(user.get("role"))
                        || (user.get("roles") instanceof List<?> roles && roles.contains(role)));
    }

    /** The value at a path such as {@code context.tenantId}; undefined when a step is missing. */
    Object at(String path) {
        Object value = context;
        for (String step : path.startsWith("context.")
                ? path.substring("context.".length()).split("\\.")
                : path.split("\\.")) {
            Object next = value instanceof Map<?, ?> map ? map.get(step) : null;
            if (next == null) {
                return Absent.UNDEFINED;
            }
            value = next;
        }
        return value;
    }

    /** The context as JSON. */
    public ObjectNode toJson() {
        return JsonValues.mapToJson(context);
    }
}
