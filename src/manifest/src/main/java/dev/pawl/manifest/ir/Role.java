package dev.pawl.manifest.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A role; {@code effectivePermissions} is what remains of its own and inherited allows after every deny. */
public record Role(
        String name,
        @Nullable String module,
        @Nullable String parent,
        List<Permission> allow,
        List<Permission> deny,
        List<Permission> effectivePermissions) {
    public Role {
        allow = allow == null ? List.of() : List.copyOf(allow);
        deny = deny == null ? List.of() : List.copyOf(deny);
        effectivePermissions = effectivePermissions == null ? List.of() : List.copyOf(effectivePermissions);
    }

    /** An action, on one target or on all; {@code all} stands for every action. */
    public record Permission(String action, @Nullable String target) {}
}
