package dev.pawl.manifest.compile;

import dev.pawl.manifest.syntax.Ast;
import dev.pawl.manifest.syntax.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be unique: types by name across the program, commands and policies by entity and name, events by channel,
 * members by name and constraints by code within their entity. Also refuses behaviors, which mean nothing.
 */
final class CheckDuplicates {
    private final List<Ast.Scope> scopes;
    private final Findings findings;
    private final Set<String> seen = new HashSet<>();

    CheckDuplicates(List<Ast.Scope> scopes, Findings findings) {
        this.scopes = scopes;
        this.findings = findings;
    }

    void run() {
        for (Ast.Scope scope : scopes) {
            if (scope.module != null) {
                once("module", "module", scope.module, "", null);
            }
            scope.enums.forEach(item -> once("type", "enum", item.value().name(), "", item.at()));
            scope.values.forEach(item -> once("type", "value", item.name(), "", item.at()));
            scope.entities.forEach(item -> once("type", "entity", item.name, "", item.at));
            scope.commands.forEach(item -> once("command", "command", item.name, "", item.at));
            scope.policies.forEach(item -> once("policy", "policy", item.name(), "", item.at()));
            scope.events.forEach(
                    item -> once("event", "event channel", item.value().channel(), "", item.at()));
            scope.roles.forEach(item -> once("role", "role", item.value().name(), "", item.at()));
            scope.sagas.forEach(item -> once("saga", "saga", item.value().name(), "", item.at()));
            scope.webhooks.forEach(
                    item -> once("webhook", "webhook", item.value().name(), "", item.at()));
            scope.schedules.forEach(
                    item -> once("schedule", "schedule", item.value().name(), "", item.at()));
            scope.entities.forEach(this::members);
        }
    }

    private void members(Ast.Entity entity) {
        String where = " in entity '" + entity.name + "'";
        entity.properties.forEach(
                item -> once("property", "property", item.value().name(), where, item.at()));
        entity.computed.forEach(item -> once("property", "property", item.name(), where, item.at()));
        entity.relationships.forEach(item -> once("relationship", "relationship", item.name(), where, item.at()));
        entity.commands.forEach(item -> once("command", "command", item.name, where, item.at));
        entity.policies.forEach(item -> once("policy", "policy", item.name(), where, item.at()));
        Map<String, Ast.Constraint> first = new HashMap<>();
        for (Ast.Constraint constraint : entity.constraints) {
            Ast.@Nullable Constraint earlier = first.putIfAbsent(constraint.code, constraint);
            if (earlier != null) {
                findings.error(
                        "Duplicate constraint code '" + constraint.code + "'" + where
                                + ". First defined at constraint '" + earlier.name + "'.",
                        constraint.at);
            }
        }
        for (Ast.Located<String> behavior : entity.behaviors) {
            findings.error(
                    "Entity '" + entity.name + "' declares behavior '" + behavior.value()
                            + "', which is not supported in this version. Use a top-level reaction"
                            + " ('on Event run Entity.command') or command actions instead.",
                    behavior.at());
        }
    }

    private void once(String space, String kind, String name, String where, @Nullable Position at) {
        if (!seen.add(space + '\0' + where + '\0' + name)) {
            findings.error("Duplicate " + kind + " '" + name + "'" + where, at);
        }
    }
}
