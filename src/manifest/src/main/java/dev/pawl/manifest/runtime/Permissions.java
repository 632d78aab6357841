package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the roles of a program allow. A deny anywhere up the chain of parents beats every allow. */
final class Permissions {
    private final Map<String, Role> roles = new HashMap<>();

    Permissions(List<Role> declared) {
        declared.forEach(role -> roles.put(role.name(), role));
    }

    boolean permits(String roleName, String action, @Nullable String target) {
        Role role = roles.get(roleName);
        return role != null
                && role.effectivePermissions().stream().anyMatch(allowed -> covers(allowed, action, target))
                && !denied(role, action, target);
    }

    private boolean denied(Role role, String action, @Nullable String target) {
        Set<String> seen = new HashSet<>();
        for (Role step = role; step != null && seen.add(step.name()); step = parent(step)) {
            if (step.deny().stream().anyMatch(denied -> covers(denied, action, target))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Role parent(Role role) {
        return role.parent() == null ? null : roles.get(role.parent());
    }

    private static boolean covers(Role.Permission permission, String action, @Nullable String target) {
        return (permission.action().equals(action) || permission.action().equals("all"))
                && (permission.target() == null || permission.target().equals(target));
    }
}
