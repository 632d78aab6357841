package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Parameter;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.ir.Type;
import dev.pawl.manifest.syntax.Ast;
import dev.pawl.manifest.syntax.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves {@code extends}, {@code mixin} and generic entities; every entity is resolved once. */
final class Inheritance {
    private static final int DEEPEST = 64;

    private record Declared(Ast.Entity entity, @Nullable String module) {}

    private final Map<String, Declared> declared = new LinkedHashMap<>();
    private final Map<String, ResolvedEntity> resolved = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Findings findings;

    Inheritance(List<Ast.Scope> scopes, Findings findings) {
        this.findings = findings;
        for (Ast.Scope scope : scopes) {
            for (Ast.Entity entity : scope.entities) {
                declared.putIfAbsent(entity.name, new Declared(entity, scope.module));
            }
        }
    }

    /** All concrete entities, in the order of their declaration; templates are not among them. */
    List<ResolvedEntity> resolveAll() {
        List<ResolvedEntity> all = new ArrayList<>();
        for (Declared declaration : declared.values()) {
            if (!declaration.entity().isTemplate()) {
                all.add(resolve(declaration));
            }
        }
        return all;
    }

    private ResolvedEntity resolve(Declared declaration) {
        Ast.Entity entity = declaration.entity();
        ResolvedEntity known = resolved.get(entity.name);
        if (known != null) {
            return known;
        }
        ResolvedEntity result = new ResolvedEntity(entity.name, entity.at, declaration.module());
        open.add(entity.name);
        if (entity.parent != null) {
            result.parent = entity.parent;
            inherit(result, entity, entity.parent, "extends");
        }
        for (String mixin : entity.mixins) {
            result.mixins.add(mixin);
            inherit(result, entity, mixin, "mixes in");
        }
        if (entity.instance != null) {
            instantiate(result, entity, entity.instance);
        }
        result.addOwn(entity);
        open.remove(entity.name);
        resolved.put(entity.name, result);
        return result;
    }

    private void inherit(ResolvedEntity result, Ast.Entity entity, String from, String verb) {
        Declared source = declared.get(from);
        if (source == null) {
            String hint = findings.extended() ? "." + Spelling.hint(from, declared.keySet()) : "";
            findings.error("Entity '" + entity.name + "' " + verb + " unknown entity '" + from + "'" + hint, entity.at);
        } else if (source.entity().isTemplate()) {
            findings.error(
                    "Entity '" + entity.name + "' " + verb + " generic entity '" + from
                            + "'; fill it first: entity Name = " + from + "<...>",
                    entity.at);
        } else if (open.contains(from)) {
            findings.error(
                    "Entity '" + entity.name + "' " + verb + " '" + from + "', which inherits from it in turn: "
                            + String.join(" -> ", open) + " -> " + from,
                    entity.at);
        } else if (open.size() >= DEEPEST) {
            findings.error("Entity '" + entity.name + "' inherits through more than " + DEEPEST + " levels", entity.at);
        } else {
            result.inherit(resolve(source));
        }
    }

    private void instantiate(ResolvedEntity result, Ast.Entity entity, Ast.Instance instance) {
        Declared source = declared.get(instance.template());
        if (source == null || !source.entity().isTemplate()) {
            findings.error(
                    "Entity '" + entity.name + "' instantiates '" + instance.template()
                            + "', which is no generic entity",
                    entity.at);
            return;
        }
        Ast.Entity template = source.entity();
        if (template.typeParameters.size() != instance.arguments().size()) {
            findings.error(
                    "Entity '" + entity.name + "': '" + template.name + "' takes " + template.typeParameters.size()
                            + " type argument(s), not " + instance.arguments().size(),
                    entity.at);
            return;
        }
        Map<String, Type> arguments = new HashMap<>();
        for (int i = 0; i < template.typeParameters.size(); i++) {
            arguments.put(template.typeParameters.get(i), instance.arguments().get(i));
        }
        if (template.parent != null) {
            inherit(result, template, template.parent, "extends");
        }
        template.mixins.forEach(mixin -> inherit(result, template, mixin, "mixes in"));
        result.addOwn(filled(template, arguments));
    }

    private static Ast.Entity filled(Ast.Entity template, Map<String, Type> arguments) {
        Ast.Entity filled = new Ast.Entity(template.name, template.at);
        template.properties.forEach(property ->
                filled.properties.add(new Ast.Property(filled(property.value(), arguments), property.at())));
        template.computed.forEach(property -> filled.computed.add(new Ast.Computed(
                property.name(),
                property.type() == null ? null : filled(property.type(), arguments),
                property.expression(),
                property.cache(),
                property.at())));
        template.relationships.forEach(related -> {
            Type target = arguments.get(related.target());
            filled.relationships.add(new Ast.Related(
                    related.name(),
                    related.kind(),
                    target == null ? related.target() : target.name(),
                    related.foreignKey(),
                    related.through(),
                    related.onDelete(),
                    related.onUpdate(),
                    related.at()));
        });
        template.commands.forEach(command -> filled.commands.add(filled(command, arguments)));
        filled.constraints.addAll(template.constraints);
        filled.policies.addAll(template.policies);
        filled.transitions.addAll(template.transitions);
        filled.approvals.addAll(template.approvals);
        filled.alternateKeys.addAll(template.alternateKeys);
        filled.key = template.key;
        filled.versionProperty = template.versionProperty;
        filled.versionAtProperty = template.versionAtProperty;
        filled.timestamps = template.timestamps;
        filled.realtime = template.realtime;
        return filled;
    }

    private static Ast.Command filled(Ast.Command command, Map<String, Type> arguments) {
        Ast.Command filled = new Ast.Command(command.name, command.at);
        command.parameters.forEach(located -> {
            Parameter parameter = located.value();
            filled.parameters.add(new Ast.Located<>(
                    new Parameter(
                            parameter.name(),
                            filled(parameter.type(), arguments),
                            parameter.required(),
                            parameter.defaultValue(),
                            parameter.trustedSource()),
                    located.at()));
        });
        filled.guards.addAll(command.guards);
        filled.constraints.addAll(command.constraints);
        filled.policies.addAll(command.policies);
        filled.actions.addAll(command.actions);
        filled.emits.addAll(command.emits);
        filled.emitPayloads.addAll(command.emitPayloads);
        filled.retry = command.retry;
        filled.rateLimit = command.rateLimit;
        filled.returns = command.returns == null ? null : filled(command.returns, arguments);
        filled.async = command.async;
        return filled;
    }

    private static Property filled(Property property, Map<String, Type> arguments) {
        return new Property(
                property.name(),
                filled(property.type(), arguments),
                property.defaultValue(),
                property.autoNow(),
                property.modifiers(),
                property.maskStrategy());
    }

    private static Type filled(Type type, Map<String, Type> arguments) {
        Type argument = arguments.get(type.name());
        if (argument != null) {
            return type.nullable() ? argument.asNullable() : argument;
        }
        return type.generic() == null
                ? type
                : new Type(type.name(), filled(type.generic(), arguments), type.nullable(), type.params());
    }
}
