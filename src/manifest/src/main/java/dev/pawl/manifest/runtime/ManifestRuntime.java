package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.expression.Evaluation;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.value.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Compiled programs, ready to run on a host's ports. Immutable and safe for any number of threads; every call has its own
 * unit of work and its own evaluation budget.
 */
public final class ManifestRuntime {
    private final Catalog catalog;
    private final RuntimePorts ports;
    private final RuntimeOptions options;
    private final RunCommand runCommand;
    private final RepeatCommand repeat;

    private ManifestRuntime(Catalog catalog, RuntimePorts ports, RuntimeOptions options) {
        this.catalog = catalog;
        this.ports = ports;
        this.options = options;
        this.runCommand = new RunCommand(catalog, ports, options);
        this.repeat = new RepeatCommand(catalog, ports, options, this::executeOnce);
    }

    /**
     * Compiles the programs' expressions.
     *
     * @throws IllegalArgumentException when two programs declare the same entity or program-level command
     */
    public static ManifestRuntime of(List<Ir> programs, RuntimePorts ports, RuntimeOptions options) {
        return new ManifestRuntime(new Catalog(programs), ports, options);
    }

    /** The same programs, compiled already, on other ports. */
    public ManifestRuntime on(RuntimePorts changed, RuntimeOptions changedOptions) {
        return new ManifestRuntime(catalog, changed, changedOptions);
    }

    public List<Ir> programs() {
        return catalog.programs().stream().map(ProgramModel::ir).toList();
    }

    /**
     * Runs the command in a unit of work of its own, in several one after the other where it declares a retry. A refusal is a
     * result; only technical failures throw.
     */
    public CommandResult execute(CommandCall call) {
        return repeat.run(call);
    }

    private CommandResult executeOnce(CommandCall call) {
        try {
            return ports.transactions().inTransaction(work -> runCommand.run(call, work, 0));
        } catch (CommandUndone undone) {
            String correlation = call.options().correlationId();
            String causation = call.options().causationId();
            String id = ports.traceIds().next();
            return CommandResult.refused(
                    undone.refusal(),
                    List.of(),
                    correlation == null ? id : correlation,
                    causation == null ? id : causation);
        }
    }

    /**
     * The commands an event leads to, for a host that delivers events itself. Each has an idempotency key of the event, so
     * that an event delivered twice acts once.
     */
    public List<CommandCall> reactionsTo(EntityEvent event, Caller caller) {
        return ports.transactions().reading(work -> new ReactToEvents(catalog, ports, options, work, runCommand)
                .keyedCallsFor(event, caller));
    }

    /** The requests for approvals, to be decided and seen. */
    public ApprovalDesk approvals() {
        return new ApprovalDesk(catalog, ports, options, runCommand);
    }

    /** The sagas, to be run by the host. */
    public SagaDesk sagas() {
        return new SagaDesk(catalog, ports, options, runCommand);
    }

    /** What schedules and webhooks call. */
    public TriggerDesk triggers() {
        return new TriggerDesk(catalog, ports, options);
    }

    /**
     * The constraints of the entity that this document violates, warnings included; nothing is stored.
     *
     * @throws dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded when the constraints need too much evaluation
     */
    public List<ConstraintOutcome> checkConstraints(String entity, ObjectNode document, Caller caller) {
        EntityModel model = entity(entity);
        return reading(caller, scope -> {
            EntityRecord record = EntityRecord.fromJson(model.shape(), document);
            Frame frame = new Frame(scope.evaluation(null), record, model.ruleLocals(), Map.of());
            return model.constraints().stream()
                    .map(constraint -> JudgeConstraints.outcome(constraint, frame))
                    .filter(outcome -> !outcome.passed())
                    .toList();
        });
    }

    /**
     * The value of a computed property; a missing node when it is undefined, or when there is no such instance or property.
     *
     * @throws dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded when the value needs too much evaluation
     */
    public JsonNode evaluateComputed(String entity, String id, String property, Caller caller) {
        EntityModel model = entity(entity);
        return reading(caller, scope -> scope.load(model, id)
                .map(row -> {
                    Evaluation evaluation = scope.evaluation(null);
                    EntityRecord record = EntityRecord.fromJson(model.shape(), row.properties());
                    return JsonValues.toJson(record.compute(property, evaluation));
                })
                .orElseGet(MissingNode::getInstance));
    }

    /** The instance as the caller may see it; empty when there is none or the caller may not see it. */
    public Optional<EntityView> get(String entity, String id, Caller caller) {
        return get(entity, id, Set.of(), caller);
    }

    /**
     * The instance with these relationships.
     *
     * @throws InvalidQuery when there is no such entity or relationship
     * @throws ReadRefused when the caller has no tenant although the program needs one
     * @throws dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded when a computed property needs too much
     */
    public Optional<EntityView> get(String entity, String id, Set<String> include, Caller caller) {
        EntityModel model = entity(entity);
        return reading(caller, scope -> new ReadInstances(scope).get(model, id, include));
    }

    /**
     * The instances a query finds, as far as the caller may see them.
     *
     * @throws InvalidQuery when it filters by or includes what the entity does not show
     * @throws ReadRefused when the caller has no tenant although the program needs one
     * @throws dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded when a computed property needs too much
     */
    public InstancePage query(InstanceQuery query, Caller caller) {
        EntityModel model = entity(query.entity());
        return reading(caller, scope -> new ReadInstances(scope).page(model, query));
    }

    private <T> T reading(Caller caller, Function<CallScope, T> read) {
        try {
            return ports.transactions()
                    .reading(work -> read.apply(new CallScope(catalog, ports, options, work, caller)));
        } catch (CommandRefused refused) {
            throw new ReadRefused(refused.refusal());
        }
    }

    private EntityModel entity(String name) {
        EntityModel model = catalog.entity(name);
        if (model == null) {
            throw new InvalidQuery("there is no entity '" + name + "'");
        }
        return model;
    }
}
