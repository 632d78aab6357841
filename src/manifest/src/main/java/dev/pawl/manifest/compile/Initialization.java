package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Action;
import dev.pawl.manifest.ir.BinaryOperator;
import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.InitializationPlan;
import dev.pawl.manifest.ir.Modifier;
import dev.pawl.manifest.ir.Parameter;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.ir.Tenant;
import dev.pawl.manifest.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plans how a constructing command ({@code create}, or {@code createX} on entity X) builds its instance: what the caller
 * gives, what is filled in, what the command writes, and which guards can only be decided when it runs.
 */
final class Initialization {
    private static final Set<String> LIFECYCLE_NAMES = Set.of("status", "state", "phase", "stage", "lifecycle");

    private final ResolvedEntity entity;
    private final @Nullable Tenant tenant;
    private final List<Parameter> parameters;
    private final List<Expression> guards;
    private final Map<String, Expression> writes = new LinkedHashMap<>();

    Initialization(
            ResolvedEntity entity,
            @Nullable Tenant tenant,
            List<Parameter> parameters,
            List<Expression> guards,
            List<Action> actions) {
        this.entity = entity;
        this.tenant = tenant;
        this.parameters = parameters;
        this.guards = guards;
        for (Action action : actions) {
            if (action.kind() == Action.Kind.MUTATE && action.target() != null) {
                writes.put(action.target(), action.expression());
            }
        }
    }

    static boolean isConstructor(String command, String entity) {
        return command.equals("create") || command.equals("create" + entity);
    }

    InitializationPlan plan() {
        Set<String> inputs = new TreeSet<>();
        parameters.stream()
                .filter(parameter -> parameter.trustedSource() == null)
                .forEach(parameter -> inputs.add(parameter.name()));
        List<InitializationPlan.DeclaredDefault> defaults = defaults(inputs);
        List<Integer> redundant = redundantGuards();
        List<Integer> dynamic = new ArrayList<>();
        for (int i = 0; i < guards.size(); i++) {
            if (!redundant.contains(i)) {
                dynamic.add(i);
            }
        }
        return new InitializationPlan(
                List.copyOf(inputs),
                List.copyOf(ownershipFields()),
                defaults,
                lifecycle(),
                List.copyOf(new TreeSet<>(writes.keySet())),
                List.copyOf(draftFields(inputs)),
                List.copyOf(finalRequirements()),
                dynamic,
                redundant);
    }

    private Set<String> ownershipFields() {
        Set<String> fields = new TreeSet<>();
        if (tenant != null && entity.properties.containsKey(tenant.property())) {
            fields.add(tenant.property());
        }
        writes.forEach((field, expression) -> {
            if (comesFromCaller(expression)) {
                fields.add(field);
            }
        });
        return fields;
    }

    private boolean comesFromCaller(Expression expression) {
        if (expression instanceof Expression.Member member) {
            return comesFromCaller(member.object());
        }
        if (expression instanceof Expression.Identifier root) {
            return root.name().equals("context")
                    || root.name().equals("user")
                    || parameters.stream()
                            .anyMatch(parameter ->
                                    parameter.name().equals(root.name()) && parameter.trustedSource() != null);
        }
        return false;
    }

    private List<InitializationPlan.DeclaredDefault> defaults(Set<String> inputs) {
        List<InitializationPlan.DeclaredDefault> defaults = new ArrayList<>();
        for (Property property : entity.properties.values()) {
            String name = property.name();
            if (inputs.contains(name) || writes.containsKey(name)) {
                continue;
            }
            if (property.autoNow()) {
                add(defaults, name, InitializationPlan.DefaultSource.AUTO_NOW);
            } else if (property.defaultValue() != null) {
                add(defaults, name, InitializationPlan.DefaultSource.DEFAULT_VALUE);
            }
        }
        if (entity.timestamps) {
            add(defaults, "createdAt", InitializationPlan.DefaultSource.TIMESTAMPS);
            add(defaults, "updatedAt", InitializationPlan.DefaultSource.TIMESTAMPS);
        }
        if (entity.versionProperty != null) {
            add(defaults, entity.versionProperty, InitializationPlan.DefaultSource.VERSION);
        }
        if (entity.versionAtProperty != null) {
            add(defaults, entity.versionAtProperty, InitializationPlan.DefaultSource.VERSION);
        }
        return defaults;
    }

    private static void add(
            List<InitializationPlan.DeclaredDefault> defaults, String name, InitializationPlan.DefaultSource source) {
        defaults.add(new InitializationPlan.DeclaredDefault(name, source));
    }

    private List<InitializationPlan.LifecycleState> lifecycle() {
        List<InitializationPlan.LifecycleState> states = new ArrayList<>();
        writes.forEach((field, expression) -> {
            if (isLifecycle(field) && expression instanceof Expression.Literal literal) {
                states.add(new InitializationPlan.LifecycleState(field, literal.value()));
            }
        });
        return states;
    }

    private boolean isLifecycle(String field) {
        return LIFECYCLE_NAMES.contains(field)
                || entity.transitions.stream()
                        .anyMatch(transition -> transition.property().equals(field));
    }

    private Set<String> draftFields(Set<String> inputs) {
        Set<String> fields = new TreeSet<>(writes.keySet());
        fields.add("id");
        for (Property property : entity.properties.values()) {
            if (property.defaultValue() != null || property.autoNow() || inputs.contains(property.name())) {
                fields.add(property.name());
            }
        }
        defaults(inputs).forEach(declared -> fields.add(declared.property()));
        fields.addAll(ownershipFields());
        return fields;
    }

    private Set<String> finalRequirements() {
        Set<String> fields = new TreeSet<>();
        for (Property property : entity.properties.values()) {
            if (property.is(Modifier.REQUIRED)
                    && !property.name().equals("id")
                    && property.defaultValue() == null
                    && !property.autoNow()) {
                fields.add(property.name());
            }
        }
        return fields;
    }

    /** A guard that compares a property the caller cannot touch with the very constant it starts as. */
    private List<Integer> redundantGuards() {
        List<Integer> redundant = new ArrayList<>();
        for (int i = 0; i < guards.size(); i++) {
            if (guards.get(i) instanceof Expression.Binary comparison
                    && comparison.operator() == BinaryOperator.EQUAL
                    && comparison.right() instanceof Expression.Literal literal
                    && initialValue(comparison.left())
                            .filter(literal.value()::equals)
                            .isPresent()) {
                redundant.add(i);
            }
        }
        return redundant;
    }

    private Optional<Value> initialValue(Expression expression) {
        if (expression instanceof Expression.Member member
                && member.object() instanceof Expression.Identifier root
                && (root.name().equals("self") || root.name().equals("this"))
                && parameters.stream().noneMatch(parameter -> parameter.name().equals(member.property()))) {
            return Optional.ofNullable(entity.properties.get(member.property())).map(Property::defaultValue);
        }
        return Optional.empty();
    }
}
