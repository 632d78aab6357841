package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Role;
import dev.pawl.manifest.syntax.Ast;
import dev.pawl.manifest.syntax.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Flattens the role hierarchy. A deny, of the role itself or of any role above it, takes away every allow it covers: with
 * a target that one permission, without a target the action altogether.
 */
final class RoleResolution {
    private static final int DEEPEST = 64;
    private static final Comparator<Role.Permission> ORDER = Comparator.comparing(Role.Permission::action)
            .thenComparing(permission -> permission.target() == null ? "" : permission.target());

    private final Map<String, Ast.Located<Role>> roles = new TreeMap<>();
    private final Findings findings;

    RoleResolution(Collection<Ast.Located<Role>> declared, Findings findings) {
        this.findings = findings;
        declared.forEach(role -> roles.putIfAbsent(role.value().name(), role));
    }

    List<Role> resolve() {
        List<Role> resolved = new ArrayList<>();
        for (Ast.Located<Role> located : roles.values()) {
            Role role = located.value();
            Set<Role.Permission> allowed = new LinkedHashSet<>();
            Set<Role.Permission> denied = new LinkedHashSet<>();
            gather(located, allowed, denied);
            allowed.removeIf(permission -> denied.stream().anyMatch(deny -> covers(deny, permission)));
            resolved.add(new Role(
                    role.name(),
                    role.module(),
                    role.parent(),
                    sorted(role.allow()),
                    sorted(role.deny()),
                    sorted(allowed)));
        }
        return resolved;
    }

    private void gather(Ast.Located<Role> start, Set<Role.Permission> allowed, Set<Role.Permission> denied) {
        Set<String> visited = new LinkedHashSet<>();
        Ast.@Nullable Located<Role> current = start;
        while (current != null) {
            Role role = current.value();
            if (!visited.add(role.name())) {
                findings.error(
                        "Role '" + start.value().name() + "' extends itself: " + String.join(" -> ", visited) + " -> "
                                + role.name(),
                        start.at());
                return;
            }
            if (visited.size() > DEEPEST) {
                findings.error(
                        "Role '" + start.value().name() + "' inherits through more than " + DEEPEST + " levels",
                        start.at());
                return;
            }
            allowed.addAll(role.allow());
            denied.addAll(role.deny());
            current = role.parent() == null ? null : parent(current, role.parent(), current == start);
        }
    }

    private Ast.@Nullable Located<Role> parent(Ast.Located<Role> role, String parent, boolean report) {
        Ast.@Nullable Located<Role> found = roles.get(parent);
        if (found == null && report) {
            String hint = findings.extended() ? "." + Spelling.hint(parent, roles.keySet()) : "";
            findings.error(
                    "Role '" + role.value().name() + "' extends unknown role '" + parent + "'" + hint, role.at());
        }
        return found;
    }

    private static boolean covers(Role.Permission deny, Role.Permission permission) {
        boolean action =
                deny.action().equals(permission.action()) || deny.action().equals("all");
        return action && (deny.target() == null || deny.target().equals(permission.target()));
    }

    private static List<Role.Permission> sorted(Collection<Role.Permission> permissions) {
        return permissions.stream().distinct().sorted(ORDER).toList();
    }
}
