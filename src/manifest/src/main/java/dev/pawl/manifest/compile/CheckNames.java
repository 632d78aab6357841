package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Action;
import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.ir.ApprovalMoment;
import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.EnumType;
import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Policy;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.ir.Saga;
import dev.pawl.manifest.ir.SagaMoment;
import dev.pawl.manifest.ir.Type;
import dev.pawl.manifest.ir.Value;
import dev.pawl.manifest.syntax.Ast;
import dev.pawl.manifest.syntax.Position;
import dev.pawl.manifest.syntax.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * In the extended grammar, a name that refers to nothing is an error: types, related entities, written properties,
 * commands, policies. A read of an unknown property is a warning, since its value is merely undefined.
 */
final class CheckNames {
    /** Types that may state how many digits there are. */
    private static final List<String> DIGITS = List.of("decimal", "money", "number");

    /** Decimal digits that every double keeps. */
    private static final int MOST_DIGITS = 15;

    private static final Set<String> BUILT_IN_TYPES = Set.of(
            "string",
            "text",
            "number",
            "int",
            "integer",
            "float",
            "double",
            "bigint",
            "decimal",
            "money",
            "boolean",
            "date",
            "time",
            "datetime",
            "timestamp",
            "duration",
            "uuid",
            "id",
            "email",
            "url",
            "json",
            "object",
            "any",
            "unknown",
            "void",
            "array",
            "list",
            "set",
            "map");

    private final List<Ast.Scope> scopes;
    private final Map<String, ResolvedEntity> entities;
    private final Ir ir;
    private final Findings findings;
    private final Set<String> types = new TreeSet<>(BUILT_IN_TYPES);
    private final Map<String, EnumType> enums = new HashMap<>();
    private final Set<String> policies = new HashSet<>();

    CheckNames(List<Ast.Scope> scopes, Map<String, ResolvedEntity> entities, Ir ir, Findings findings) {
        this.scopes = scopes;
        this.entities = entities;
        this.ir = ir;
        this.findings = findings;
    }

    void run() {
        types.addAll(entities.keySet());
        ir.values().forEach(value -> types.add(value.name()));
        for (EnumType type : ir.enums()) {
            types.add(type.name());
            enums.put(type.name(), type);
        }
        for (Policy policy : ir.policies()) {
            policies.add(policy.name());
        }
        for (Ast.Scope scope : scopes) {
            scope(scope);
        }
    }

    private void scope(Ast.Scope scope) {
        scope.values.forEach(value -> value.properties().forEach(this::property));
        scope.commands.forEach(command -> command(command, null));
        for (Ast.Store store : scope.stores) {
            entity(String.valueOf(store.entity()), "Store", store.at());
        }
        for (Ast.Entity entity : scope.entities) {
            @Nullable ResolvedEntity resolved = entities.get(entity.name);
            if (resolved != null && !entity.isTemplate()) {
                members(entity, resolved);
            }
        }
        scope.reactions.forEach(this::reaction);
        for (Ast.Located<Saga> saga : scope.sagas) {
            tells(
                    saga.value().emits(),
                    SagaMoment::isAny,
                    "Saga '" + saga.value().name() + "'",
                    saga.at());
            for (Saga.Step step : saga.value().steps()) {
                commandOf(step.commandEntity(), step.command(), saga.at());
                if (step.compensate() != null && step.compensateEntity() != null) {
                    commandOf(step.compensateEntity(), step.compensate(), saga.at());
                }
            }
        }
        scope.webhooks.forEach(
                webhook -> commandOf(webhook.value().entity(), webhook.value().command(), webhook.at()));
        scope.schedules.forEach(schedule ->
                commandOf(schedule.value().entityName(), schedule.value().commandName(), schedule.at()));
    }

    /** An event whose name tells no moment would never be emitted. */
    private void tells(List<String> emits, Predicate<String> known, String what, Position at) {
        for (String event : emits) {
            if (!known.test(event)) {
                findings.warning(
                        what + " emits '" + event + "', whose name does not end with one of its moments;"
                                + " nothing will emit it. See the reference for the endings.",
                        at);
            }
        }
    }

    private void approval(String entity, Approval approval, Position at) {
        String what = "Approval '" + approval.name() + "'";
        commandOf(entity, approval.command(), at);
        tells(approval.emits(), ApprovalMoment::isAny, what, at);
        if (approval.stages().isEmpty()) {
            findings.error(what + " has no stages; one without them would hold nothing up.", at);
        }
        Set<String> stages = new HashSet<>();
        approval.stages().forEach(stage -> {
            if (!stages.add(stage.name())) {
                findings.error(what + " has two stages '" + stage.name() + "'.", at);
            }
        });
    }

    private void members(Ast.Entity entity, ResolvedEntity resolved) {
        entity.approvals.forEach(approval -> approval(entity.name, approval.value(), approval.at()));
        entity.properties.forEach(this::property);
        for (Ast.Computed computed : entity.computed) {
            if (computed.type() != null) {
                type(computed.type(), computed.at());
            }
            reads(computed.expression().value(), resolved, computed.at());
        }
        for (Ast.Related related : entity.relationships) {
            entity(related.target(), "Relationship '" + related.name() + "'", related.at());
            if (related.through() != null) {
                entity(related.through(), "Relationship '" + related.name() + "'", related.at());
            }
        }
        entity.constraints.forEach(constraint -> constraint(constraint, resolved));
        entity.commands.forEach(command -> command(command, resolved));
        entity.transitions.forEach(transition -> {
            if (!resolved.properties.containsKey(transition.value().property())) {
                unknown(
                        "Transition names property '" + transition.value().property() + "', which entity '"
                                + entity.name + "' does not have.",
                        transition.value().property(),
                        resolved.properties.keySet(),
                        transition.at());
            }
        });
        entity.stores.forEach(store -> {
            if (store.entity() != null) {
                entity(store.entity(), "Store", store.at());
            }
        });
        entity.approvals.forEach(
                approval -> commandOf(entity.name, approval.value().command(), approval.at()));
        entity.reactions.forEach(this::reaction);
    }

    private void property(Ast.Property located) {
        Property property = located.value();
        type(property.type(), located.at());
        @Nullable EnumType type = enums.get(property.type().name());
        if (type != null
                && property.defaultValue() instanceof Value.Text word
                && type.values().stream().noneMatch(member -> member.name().equals(word.value()))) {
            unknown(
                    "Default '" + word.value() + "' of property '" + property.name() + "' is no member of enum '"
                            + type.name() + "'.",
                    word.value(),
                    type.values().stream().map(EnumType.Member::name).toList(),
                    located.at());
        }
    }

    private void type(Type type, Position at) {
        if (!types.contains(type.name())) {
            unknown("Unknown type '" + type.name() + "'.", type.name(), types, at);
        }
        if (type.generic() != null) {
            type(type.generic(), at);
        }
        if (type.params() != null) {
            digits(type, type.params(), at);
        }
    }

    private void digits(Type type, Type.Params params, Position at) {
        double precision = params.precision() == null ? 0 : params.precision();
        double scale = params.scale() == null ? 0 : params.scale();
        if (!DIGITS.contains(type.name())) {
            findings.error("A '" + type.name() + "' has no digits to state; only " + DIGITS + " have.", at);
        } else if (precision < 1
                || scale < 0
                || scale > precision
                || Math.rint(precision) != precision
                || Math.rint(scale) != scale) {
            findings.error(
                    "Digits are stated as whole numbers, all of them first and then those behind the point:"
                            + " decimal(10, 2).",
                    at);
        } else if (precision > MOST_DIGITS) {
            findings.warning(
                    "Numbers keep " + MOST_DIGITS + " digits exactly; more than that are kept only nearly.", at);
        }
    }

    private void entity(String name, String where, Position at) {
        if (!entities.containsKey(name)) {
            unknown(where + " names unknown entity '" + name + "'.", name, entities.keySet(), at);
        }
    }

    private void command(Ast.Command command, @Nullable ResolvedEntity owner) {
        command.parameters.forEach(located -> type(located.value().type(), located.at()));
        for (Ast.Located<Action> located : command.actions) {
            Action action = located.value();
            @Nullable String target = action.target();
            if (action.kind() == Action.Kind.MUTATE && owner != null && target != null && !isWritable(owner, target)) {
                unknown(
                        "Command '" + command.name + "' changes '" + target + "', which is no property of entity '"
                                + owner.name + "'.",
                        target,
                        owner.properties.keySet(),
                        located.at());
            }
            if (owner != null) {
                reads(action.expression(), owner, located.at());
            }
        }
        if (owner != null) {
            command.guards.forEach(guard -> reads(guard.value(), owner, guard.at()));
        }
        command.constraints.forEach(constraint -> constraint(constraint, owner));
        command.policies.forEach(policy -> policy(policy.value(), policy.at()));
    }

    private boolean isWritable(ResolvedEntity owner, String target) {
        return owner.properties.containsKey(target)
                || owner.relationships.containsKey(target)
                || owner.isSystemField(target)
                || target.endsWith("Id") && owner.relationships.containsKey(target.substring(0, target.length() - 2))
                || ir.tenant() != null && ir.tenant().property().equals(target);
    }

    private void constraint(Ast.Constraint constraint, @Nullable ResolvedEntity owner) {
        if (constraint.overridePolicy != null) {
            policy(constraint.overridePolicy, constraint.at);
        }
        if (owner != null && constraint.expression != null) {
            reads(constraint.expression.value(), owner, constraint.at);
        }
    }

    private void policy(String name, Position at) {
        if (!policies.contains(name)) {
            unknown("Unknown policy '" + name + "'.", name, policies, at);
        }
    }

    private void reaction(Ast.Reaction reaction) {
        @Nullable
        String target = reaction.targetEntity() != null
                ? reaction.targetEntity()
                : reaction.fanOut() != null ? reaction.fanOut().entity() : null;
        if (target != null) {
            commandOf(target, reaction.targetCommand(), reaction.at());
        }
    }

    private void commandOf(@Nullable String entity, String command, Position at) {
        if (entity == null) {
            if (ir.commands().stream()
                    .noneMatch(known -> known.entity() == null && known.name().equals(command))) {
                List<String> known = ir.commands().stream()
                        .filter(candidate -> candidate.entity() == null)
                        .map(Command::name)
                        .toList();
                unknown("Unknown command '" + command + "'.", command, known, at);
            }
            return;
        }
        @Nullable ResolvedEntity owner = entities.get(entity);
        if (owner == null) {
            unknown("Unknown entity '" + entity + "'.", entity, entities.keySet(), at);
        } else if (!owner.commands.contains(command) && !command.equals("create") && !owner.external) {
            unknown("Entity '" + entity + "' has no command '" + command + "'.", command, owner.commands, at);
        }
    }

    /** Warns of {@code self.x} where the entity has no x; walks without recursion, in the order of the source. */
    private void reads(Expression expression, ResolvedEntity owner, Position at) {
        List<Expression> open = new ArrayList<>();
        Set<String> reported = new HashSet<>();
        open.add(expression);
        while (!open.isEmpty()) {
            Expression next = open.remove(open.size() - 1);
            if (next instanceof Expression.Member member
                    && member.object() instanceof Expression.Identifier root
                    && (root.name().equals("self") || root.name().equals("this"))) {
                String name = member.property();
                boolean tenant = ir.tenant() != null && ir.tenant().property().equals(name);
                if (!owner.hasMember(name) && !tenant && !isWritable(owner, name) && reported.add(name)) {
                    findings.warning(
                            "Entity '" + owner.name + "' has no property '" + name + "'; " + root.name() + "." + name
                                    + " is undefined." + Spelling.hint(name, owner.properties.keySet()),
                            at);
                }
            } else {
                children(next, open);
            }
        }
    }

    private static void children(Expression expression, List<Expression> into) {
        if (expression instanceof Expression.Member member) {
            into.add(member.object());
        } else if (expression instanceof Expression.Binary binary) {
            into.add(binary.right());
            into.add(binary.left());
        } else if (expression instanceof Expression.Unary unary) {
            into.add(unary.operand());
        } else if (expression instanceof Expression.Call call) {
            into.addAll(call.args());
            into.add(call.callee());
        } else if (expression instanceof Expression.Conditional conditional) {
            into.add(conditional.alternate());
            into.add(conditional.consequent());
            into.add(conditional.condition());
        } else if (expression instanceof Expression.ArrayLiteral array) {
            into.addAll(array.elements());
        } else if (expression instanceof Expression.ObjectLiteral object) {
            object.properties().forEach(entry -> into.add(entry.value()));
        } else if (expression instanceof Expression.Lambda lambda) {
            into.add(lambda.body());
        } else if (expression instanceof Expression.Aggregate aggregate) {
            aggregate.predicates().forEach(predicate -> into.add(predicate.value()));
        }
    }

    private void unknown(String message, String name, Collection<String> known, Position at) {
        findings.error(message + Spelling.hint(name, known), at);
    }
}
