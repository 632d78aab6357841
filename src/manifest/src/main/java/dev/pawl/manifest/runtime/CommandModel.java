package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Action;
import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.EmitPayload;
import dev.pawl.manifest.ir.Event;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Policy;
import dev.pawl.manifest.runtime.expression.Code;
import dev.pawl.manifest.runtime.expression.ExplainedCode;
import dev.pawl.manifest.runtime.expression.ExpressionCompiler;
import dev.pawl.manifest.runtime.expression.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A compiled command, bound to the entity it runs on (or to none). */
final class CommandModel {
    static final String CREATE = "create";

    private static final Set<Policy.Scope> EXECUTING = Set.of(Policy.Scope.EXECUTE, Policy.Scope.ALL);

    private final Command declared;
    private final boolean implicit;
    private final @Nullable EntityModel entity;
    private final ProgramModel program;
    private final Scope scope;
    private final List<ParameterModel> parameters = new ArrayList<>();
    private final List<PolicyModel> policies;
    private final List<ConstraintModel> constraints;
    private final List<ExplainedCode> guards;
    private final List<ActionModel> actions;
    private final List<EmitModel> emits;
    private final Set<String> written;

    CommandModel(Command declared, @Nullable EntityModel entity, ProgramModel program) {
        this(declared, entity, program, EXECUTING);
    }

    private CommandModel(
            Command declared, @Nullable EntityModel entity, ProgramModel program, Set<Policy.Scope> policyScopes) {
        this.declared = declared;
        this.implicit = policyScopes != EXECUTING;
        this.entity = entity;
        this.program = program;
        Ir ir = program.ir();
        this.scope = Scope.of(entity == null ? null : entity.shape());
        declared.parameters()
                .forEach(
                        parameter -> parameters.add(ParameterModel.of(parameter, scope.declare(parameter.name()), ir)));
        this.policies =
                PolicyModel.of(ir, declared.policies(), entity == null ? null : entity.name(), policyScopes, scope);
        this.constraints = ConstraintModel.all(declared.constraints(), scope, ir);
        this.guards = declared.guards().stream()
                .map(guard -> new ExplainedCode(guard, scope))
                .toList();
        this.actions = declared.actions().stream().map(this::action).toList();
        this.emits = declared.emits().stream().map(this::emit).toList();
        this.written = declared.actions().stream()
                .filter(action -> action.kind() == Action.Kind.MUTATE)
                .map(Action::target)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The command every entity has unless it declares its own: it stores what the caller gives. */
    static CommandModel implicitCreate(EntityModel entity) {
        Command create = new Command(
                CREATE,
                null,
                entity.name(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                false,
                null,
                null,
                null);
        return new CommandModel(create, entity, entity.program(), Set.of(Policy.Scope.WRITE, Policy.Scope.ALL));
    }

    /** A computed name is visible from its action on, so an action is compiled before its own name is declared. */
    private ActionModel action(Action action) {
        Code code = ExpressionCompiler.compile(action.expression(), scope);
        int slot =
                action.kind() == Action.Kind.COMPUTE && action.target() != null ? scope.declare(action.target()) : -1;
        return new ActionModel(action, code, slot, rule(action));
    }

    private @Nullable TypeRule rule(Action action) {
        if (action.kind() != Action.Kind.MUTATE || entity == null) {
            return null;
        }
        return entity.properties().stream()
                .filter(property -> property.name().equals(action.target())
                        && !property.rule().keepsAll())
                .map(PropertyModel::rule)
                .findFirst()
                .orElse(null);
    }

    private EmitModel emit(String event) {
        String channel = program.ir().event(event).map(Event::channel).orElse(event);
        for (EmitPayload payload : declared.emitPayloads()) {
            if (payload.eventName().equals(event)) {
                Map<String, Code> fields = new LinkedHashMap<>();
                payload.fields()
                        .forEach(field ->
                                fields.put(field.name(), ExpressionCompiler.compile(field.expression(), scope)));
                return new EmitModel(event, channel, fields);
            }
        }
        return new EmitModel(event, channel, null);
    }

    /** Whether the entity did not declare it. */
    boolean isImplicit() {
        return implicit;
    }

    Command declared() {
        return declared;
    }

    String name() {
        return declared.name();
    }

    @Nullable
    EntityModel entity() {
        return entity;
    }

    ProgramModel program() {
        return program;
    }

    int locals() {
        return scope.size();
    }

    List<ParameterModel> parameters() {
        return parameters;
    }

    List<PolicyModel> policies() {
        return policies;
    }

    List<ConstraintModel> constraints() {
        return constraints;
    }

    List<ExplainedCode> guards() {
        return guards;
    }

    List<ActionModel> actions() {
        return actions;
    }

    List<EmitModel> emits() {
        return emits;
    }

    /** The properties its actions write. */
    Set<String> written() {
        return written;
    }
}
