package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Parameter;
import dev.pawl.manifest.ir.Reaction;
import dev.pawl.manifest.ir.Relationship;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Warns of constructing commands whose caller must know the key of the parent by heart. */
final class CheckManualKeys {
    private final Ir ir;
    private final Findings findings;
    private final Map<String, Entity> entities = new HashMap<>();
    private final Set<String> supplied = new HashSet<>();

    CheckManualKeys(Ir ir, Findings findings) {
        this.ir = ir;
        this.findings = findings;
        ir.entities().forEach(entity -> entities.put(entity.name(), entity));
        for (Reaction reaction : ir.reactions()) {
            reaction.params()
                    .forEach(param -> supplied.add(
                            reaction.targetEntity() + "." + reaction.targetCommand() + "." + param.name()));
        }
    }

    void run() {
        for (Command command : ir.commands()) {
            @Nullable String owner = command.entity();
            @Nullable Entity entity = owner == null ? null : entities.get(owner);
            if (entity != null && Initialization.isConstructor(command.name(), entity.name())) {
                for (Relationship relationship : entity.relationships()) {
                    check(command, entity, relationship);
                }
            }
        }
    }

    private void check(Command command, Entity entity, Relationship relationship) {
        @Nullable Entity parent = entities.get(relationship.target());
        if (relationship.kind() != Relationship.Kind.BELONGS_TO || parent == null) {
            return;
        }
        Relationship.@Nullable ForeignKey foreignKey = relationship.foreignKey();
        String key = foreignKey == null
                ? relationship.name() + "Id"
                : foreignKey.fields().get(0);
        boolean manual = command.parameters().stream().anyMatch(parameter -> isManual(parameter, key));
        if (!manual
                || supplied.contains(entity.name() + "." + command.name() + "." + key)
                || createsChildren(parent, entity)) {
            return;
        }
        findings.warning(
                "Command '" + entity.name() + "." + command.name() + "' takes a manual '" + key
                        + "' with no nested create on '" + parent.name()
                        + "' (e.g. addMilestone) and no event reaction that supplies it."
                        + " Consider a parent command that sets the FK from self.id, or an on Event reaction with params { "
                        + key + ": ... }.",
                null);
    }

    private static boolean isManual(Parameter parameter, String key) {
        return parameter.name().equals(key) && parameter.trustedSource() == null;
    }

    private static boolean createsChildren(Entity parent, Entity child) {
        return parent.commands().stream()
                .anyMatch(name -> name.startsWith("add") || name.equals("create" + child.name()));
    }
}
