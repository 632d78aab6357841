package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Policy;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.ir.Tenant;
import dev.pawl.manifest.runtime.expression.Computed;
import dev.pawl.manifest.runtime.expression.ExpressionCompiler;
import dev.pawl.manifest.runtime.expression.RecordShape;
import dev.pawl.manifest.runtime.expression.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled entity. Built in two steps, because entities refer to each other: first every shape, then the code. */
final class EntityModel {
    static final String CREATED_AT = "createdAt";
    static final String UPDATED_AT = "updatedAt";

    private final Entity declared;
    private final ProgramModel program;
    private final RecordShape shape;
    private final List<PropertyModel> properties = new ArrayList<>();
    private final Map<String, CommandModel> commands = new LinkedHashMap<>();
    private final Map<String, Map<String, List<String>>> transitions = new LinkedHashMap<>();
    private final Scope rules;
    private @Nullable CommandModel storing;
    private List<ConstraintModel> constraints = List.of();
    private List<ApprovalModel> approvals = List.of();
    private List<PolicyModel> readPolicies = List.of();

    EntityModel(Entity declared, ProgramModel program) {
        this.declared = declared;
        this.program = program;
        this.shape = new RecordShape(declared.name(), slotNames(declared, program.ir()));
        this.rules = Scope.of(shape);
        for (Property property : declared.properties()) {
            properties.add(new PropertyModel(property, shape.slot(property.name()), program.ir()));
        }
        declared.transitions().forEach(transition -> transitions
                .computeIfAbsent(transition.property(), none -> new LinkedHashMap<>())
                .put(transition.from(), transition.to()));
    }

    void compile() {
        Ir ir = program.ir();
        declared.relationships()
                .forEach(relationship ->
                        shape.define(relationship.name(), RelationshipModel.of(declared, relationship, ir)));
        declared.computedProperties().forEach(property -> {
            Scope scope = Scope.of(shape);
            shape.define(new Computed(
                    property.name(), ExpressionCompiler.compile(property.expression(), scope), scope.size()));
        });
        constraints = ConstraintModel.all(declared.constraints(), rules, ir);
        readPolicies = PolicyModel.of(ir, List.of(), name(), Set.of(Policy.Scope.READ, Policy.Scope.ALL), rules);
        properties.forEach(property -> property.compileMask(rules));
        approvals = declared.approvals().stream()
                .map(approval -> new ApprovalModel(approval, rules))
                .toList();
        for (String command : declared.commands()) {
            Optional<Command> found = ir.command(name(), command);
            found.ifPresent(definition -> commands.put(command, new CommandModel(definition, this, program)));
        }
        storing = CommandModel.implicitCreate(this);
        commands.putIfAbsent(CommandModel.CREATE, storing);
    }

    private static List<String> slotNames(Entity entity, Ir program) {
        Set<String> names = new LinkedHashSet<>();
        names.add("id");
        entity.properties().forEach(property -> names.add(property.name()));
        entity.relationships().stream()
                .filter(RelationshipModel::holdsKey)
                .forEach(relationship -> names.addAll(RelationshipModel.keyColumns(relationship)));
        add(names, program.tenant() == null ? null : program.tenant().property());
        add(names, entity.versionProperty());
        add(names, entity.versionAtProperty());
        if (entity.timestamps()) {
            names.add(CREATED_AT);
            names.add(UPDATED_AT);
        }
        return List.copyOf(names);
    }

    private static void add(Set<String> names, @Nullable String name) {
        if (name != null) {
            names.add(name);
        }
    }

    String name() {
        return declared.name();
    }

    Entity declared() {
        return declared;
    }

    ProgramModel program() {
        return program;
    }

    RecordShape shape() {
        return shape;
    }

    List<PropertyModel> properties() {
        return properties;
    }

    Map<String, CommandModel> commands() {
        return commands;
    }

    /** Stores a document as a new instance, whatever create command the entity declares. */
    CommandModel storing() {
        return Objects.requireNonNull(storing, "the entity is compiled before it is used");
    }

    /** Property, then value, then the values allowed next. */
    Map<String, Map<String, List<String>>> transitions() {
        return transitions;
    }

    List<ConstraintModel> constraints() {
        return constraints;
    }

    List<ApprovalModel> approvals() {
        return approvals;
    }

    List<PolicyModel> readPolicies() {
        return readPolicies;
    }

    /** How many slots a frame for the entity's own rules needs. */
    int ruleLocals() {
        return rules.size();
    }

    /** Whether the runtime fills the field, so that no caller writes it. */
    boolean isManaged(String field) {
        Tenant tenant = program.ir().tenant();
        return field.equals(declared.versionProperty())
                || field.equals(declared.versionAtProperty())
                || (declared.timestamps() && (field.equals(CREATED_AT) || field.equals(UPDATED_AT)))
                || (tenant != null && field.equals(tenant.property()));
    }
}
