package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.syntax.Ast;
import dev.pawl.manifest.syntax.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entity with everything it inherits: first the parent's members, then those of the mixins, then its own. A member
 * of the same name replaces the inherited one in its place.
 */
final class ResolvedEntity {
    final String name;
    final Position at;
    final @Nullable String module;
    final Map<String, Property> properties = new LinkedHashMap<>();
    final Map<String, Ast.Computed> computed = new LinkedHashMap<>();
    final Map<String, Ast.Related> relationships = new LinkedHashMap<>();
    final Map<String, Ast.Constraint> constraints = new LinkedHashMap<>();
    final Map<String, Ast.Policy> policies = new LinkedHashMap<>();
    final Set<String> commands = new LinkedHashSet<>();
    final List<Ast.Command> ownCommands = new ArrayList<>();
    final List<Ast.Store> stores = new ArrayList<>();
    final List<dev.pawl.manifest.ir.Transition> transitions = new ArrayList<>();
    final Map<String, dev.pawl.manifest.ir.Approval> approvals = new LinkedHashMap<>();
    final List<List<String>> alternateKeys = new ArrayList<>();
    final List<String> mixins = new ArrayList<>();
    List<String> key = List.of();

    @Nullable
    String parent;

    @Nullable
    String versionProperty;

    @Nullable
    String versionAtProperty;

    boolean timestamps;
    boolean realtime;
    boolean external;

    ResolvedEntity(String name, Position at, @Nullable String module) {
        this.name = name;
        this.at = at;
        this.module = module;
    }

    void inherit(ResolvedEntity other) {
        properties.putAll(other.properties);
        computed.putAll(other.computed);
        relationships.putAll(other.relationships);
        constraints.putAll(other.constraints);
        policies.putAll(other.policies);
        commands.addAll(other.commands);
        transitions.addAll(other.transitions);
        approvals.putAll(other.approvals);
        alternateKeys.addAll(other.alternateKeys);
        key = key.isEmpty() ? other.key : key;
        versionProperty = versionProperty == null ? other.versionProperty : versionProperty;
        versionAtProperty = versionAtProperty == null ? other.versionAtProperty : versionAtProperty;
        timestamps |= other.timestamps;
    }

    /** Adds the members written in the entity itself. */
    void addOwn(Ast.Entity entity) {
        entity.properties.forEach(property -> properties.put(property.value().name(), property.value()));
        entity.computed.forEach(property -> computed.put(property.name(), property));
        entity.relationships.forEach(related -> relationships.put(related.name(), related));
        entity.constraints.forEach(constraint -> constraints.put(constraint.code, constraint));
        entity.policies.forEach(policy -> policies.put(policy.name(), policy));
        entity.commands.forEach(command -> commands.add(command.name));
        ownCommands.addAll(entity.commands);
        stores.addAll(entity.stores);
        Set<String> redefined = new LinkedHashSet<>();
        entity.transitions.forEach(transition -> redefined.add(
                transition.value().property() + "\0" + transition.value().from()));
        transitions.removeIf(inherited -> redefined.contains(inherited.property() + "\0" + inherited.from()));
        entity.transitions.forEach(transition -> transitions.add(transition.value()));
        entity.approvals.forEach(approval -> approvals.put(approval.value().name(), approval.value()));
        alternateKeys.addAll(entity.alternateKeys);
        key = entity.key.isEmpty() ? key : entity.key;
        versionProperty = entity.versionProperty == null ? versionProperty : entity.versionProperty;
        versionAtProperty = entity.versionAtProperty == null ? versionAtProperty : entity.versionAtProperty;
        timestamps |= entity.timestamps;
        realtime |= entity.realtime;
        external |= entity.external;
    }

    /** Whether a name can be read from, or written to, an instance. */
    boolean hasMember(String member) {
        return properties.containsKey(member)
                || computed.containsKey(member)
                || relationships.containsKey(member)
                || isSystemField(member);
    }

    boolean isSystemField(String field) {
        return field.equals("id")
                || field.equals(versionProperty)
                || field.equals(versionAtProperty)
                || timestamps && (field.equals("createdAt") || field.equals("updatedAt"));
    }
}
