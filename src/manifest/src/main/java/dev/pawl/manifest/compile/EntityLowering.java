package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Action;
import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.ComputedProperty;
import dev.pawl.manifest.ir.Constraint;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.InitializationPlan;
import dev.pawl.manifest.ir.Parameter;
import dev.pawl.manifest.ir.Policy;
import dev.pawl.manifest.ir.Relationship;
import dev.pawl.manifest.ir.Tenant;
import dev.pawl.manifest.ir.Type;
import dev.pawl.manifest.syntax.Ast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lowers entities, their constraints and policies, and commands. */
final class EntityLowering {
    private static final String LEGACY_POLARITY_PREFIX = "severity";

    private final Findings findings;

    EntityLowering(Findings findings) {
        this.findings = findings;
    }

    Entity entity(ResolvedEntity entity) {
        List<Relationship> relationships = new ArrayList<>();
        for (Ast.Related related : entity.relationships.values()) {
            if (related.foreignKey() != null && related.through() != null) {
                findings.error(
                        "Relationship '" + related.name() + "' on entity '" + entity.name
                                + "' cannot set both 'foreignKey' and 'through' — they are mutually exclusive.",
                        related.at());
                continue;
            }
            relationships.add(new Relationship(
                    related.name(),
                    related.kind(),
                    related.target(),
                    related.foreignKey(),
                    related.through(),
                    related.onDelete(),
                    related.onUpdate()));
        }
        List<String> defaults = entity.policies.values().stream()
                .filter(Ast.Policy::isDefault)
                .map(Ast.Policy::name)
                .toList();
        return new Entity(
                entity.name,
                entity.module,
                List.copyOf(entity.properties.values()),
                computed(entity),
                relationships,
                List.copyOf(entity.commands),
                constraints(entity.constraints.values()),
                List.copyOf(entity.policies.keySet()),
                defaults,
                entity.key,
                entity.alternateKeys,
                entity.versionProperty,
                entity.versionAtProperty,
                entity.timestamps,
                entity.realtime,
                entity.external,
                entity.parent,
                entity.mixins,
                entity.transitions,
                List.copyOf(entity.approvals.values()));
    }

    private static List<ComputedProperty> computed(ResolvedEntity entity) {
        if (entity.computed.isEmpty()) {
            return List.of();
        }
        TypeInference inference = new TypeInference(entity);
        List<ComputedProperty> properties = new ArrayList<>();
        for (Ast.Computed property : entity.computed.values()) {
            Expression expression = property.expression().value();
            Type type = property.type() != null ? property.type() : inference.type(expression);
            properties.add(new ComputedProperty(
                    property.name(), type, expression, Dependencies.of(expression), property.cache()));
        }
        return properties;
    }

    private List<Constraint> constraints(Iterable<Ast.Constraint> constraints) {
        List<Constraint> lowered = new ArrayList<>();
        for (Ast.Constraint constraint : constraints) {
            lowered.add(new Constraint(
                    constraint.name,
                    constraint.code,
                    Objects.requireNonNull(constraint.expression).value(),
                    constraint.severity,
                    failsWhenTrue(constraint),
                    constraint.message,
                    constraint.messageTemplate,
                    constraint.details,
                    constraint.overrideable,
                    constraint.overridePolicy));
        }
        return lowered;
    }

    private boolean failsWhenTrue(Ast.Constraint constraint) {
        if (constraint.failWhen != null) {
            return constraint.failWhen;
        }
        if (!constraint.name.startsWith(LEGACY_POLARITY_PREFIX)) {
            return false;
        }
        findings.warning(
                "CONSTRAINT_POLARITY_NAME_HEURISTIC: Constraint '" + constraint.name
                        + "' uses the legacy name-prefix heuristic for negative polarity."
                        + " Declare 'failWhen: true' explicitly and rename the constraint to suppress this warning.",
                constraint.at);
        return true;
    }

    static Policy policy(Ast.Policy policy, @Nullable String module, @Nullable String entity) {
        return new Policy(
                policy.name(),
                module,
                entity,
                policy.scope(),
                policy.expression().value(),
                policy.rateLimit(),
                policy.message());
    }

    Command command(
            Ast.Command command, @Nullable String module, @Nullable ResolvedEntity entity, @Nullable Tenant tenant) {
        checkConstraintCodes(command);
        List<Action> actions = new ArrayList<>();
        for (Ast.Located<Action> action : command.actions) {
            warnOfComputeUsedAsMutate(command, entity, action);
            actions.add(action.value());
        }
        List<Parameter> parameters =
                command.parameters.stream().map(Ast.Located::value).toList();
        List<Expression> guards =
                command.guards.stream().map(Ast.Located::value).toList();
        @Nullable
        InitializationPlan initialization = entity != null && Initialization.isConstructor(command.name, entity.name)
                ? new Initialization(entity, tenant, parameters, guards, actions).plan()
                : null;
        return new Command(
                command.name,
                module,
                entity == null ? null : entity.name,
                parameters,
                guards,
                constraints(command.constraints),
                policies(command, entity),
                command.retry,
                command.rateLimit,
                actions,
                command.emits,
                command.emitPayloads,
                command.returns,
                command.async,
                command.async ? command.name + "Completed" : null,
                command.async ? command.name + "Failed" : null,
                initialization);
    }

    private static List<String> policies(Ast.Command command, @Nullable ResolvedEntity entity) {
        if (!command.policies.isEmpty() || entity == null) {
            return command.policies.stream().map(Ast.Located::value).toList();
        }
        return entity.policies.values().stream()
                .filter(Ast.Policy::isDefault)
                .map(Ast.Policy::name)
                .toList();
    }

    private void checkConstraintCodes(Ast.Command command) {
        Map<String, Ast.Constraint> first = new HashMap<>();
        for (Ast.Constraint constraint : command.constraints) {
            Ast.@Nullable Constraint earlier = first.putIfAbsent(constraint.code, constraint);
            if (earlier != null) {
                findings.error(
                        "Duplicate constraint code '" + constraint.code + "' in command '" + command.name
                                + "'. First defined at constraint '" + earlier.name + "'.",
                        constraint.at);
            }
        }
    }

    private void warnOfComputeUsedAsMutate(
            Ast.Command command, @Nullable ResolvedEntity entity, Ast.Located<Action> action) {
        @Nullable String target = action.value().target();
        if (action.value().kind() == Action.Kind.COMPUTE
                && target != null
                && entity != null
                && entity.properties.containsKey(target)) {
            findings.warningWithPlace(
                    "COMPUTE_USED_AS_MUTATE: compute '" + target + "' in command '" + command.name
                            + "' assigns to a declared property but 'compute' no longer persists."
                            + " Change 'compute' to 'mutate' to keep persisting '" + target
                            + "', or keep 'compute' for an ephemeral local binding.",
                    action.at());
        }
    }
}
