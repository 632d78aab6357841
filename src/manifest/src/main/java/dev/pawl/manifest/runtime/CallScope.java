package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.manifest.ir.Tenant;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.expression.Evaluation;
import dev.pawl.manifest.runtime.expression.EvaluationLimits;
import dev.pawl.manifest.runtime.expression.Surroundings;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.EntityKey;
import dev.pawl.manifest.runtime.port.EntityQuery;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import dev.pawl.manifest.runtime.port.StoredEntity;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.JsonValues;
import dev.pawl.manifest.runtime.value.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call: its caller, its unit of work, its moment, and through them everything its expressions may ask for. */
final class CallScope implements Surroundings {
    private final Catalog catalog;
    private final RuntimePorts ports;
    private final RuntimeOptions options;
    private final EntityUnitOfWork work;
    private final Caller caller;
    private final Instant now;
    private final List<EntityEvent> aside = new ArrayList<>();

    CallScope(Catalog catalog, RuntimePorts ports, RuntimeOptions options, EntityUnitOfWork work, Caller caller) {
        this.catalog = catalog;
        this.ports = ports;
        this.options = options;
        this.work = work;
        this.caller = caller;
        this.now = ports.clock().instant();
    }

    /** A new evaluation with a budget of its own. */
    Evaluation evaluation(@Nullable EvaluationLimits limits) {
        return new Evaluation(limits == null ? options.limits() : limits, caller.context(), this);
    }

    Catalog catalog() {
        return catalog;
    }

    RuntimePorts ports() {
        return ports;
    }

    RuntimeOptions options() {
        return options;
    }

    EntityUnitOfWork work() {
        return work;
    }

    Caller caller() {
        return caller;
    }

    Instant instant() {
        return now;
    }

    /** Remembers an event that was recorded though its command did nothing. */
    void recordedAside(EntityEvent event) {
        aside.add(event);
    }

    List<EntityEvent> recordedAside() {
        return aside;
    }

    /** The tenant whose rows the caller sees: the one the program reads from the context, else the caller's own. */
    String tenant(@Nullable ProgramModel program) {
        Tenant declared = program == null ? null : program.ir().tenant();
        if (declared == null) {
            return caller.tenant();
        }
        Object value = caller.at(declared.contextPath());
        if (value instanceof Absent || Values.toText(value).isEmpty()) {
            throw new CommandRefused(
                    RefusalCode.MISSING_TENANT_CONTEXT,
                    "MISSING_TENANT_CONTEXT: the caller has no value at '" + declared.contextPath() + "'");
        }
        return Values.toText(value);
    }

    EntityKey key(EntityModel entity, String id) {
        return new EntityKey(tenant(entity.program()), entity.name(), id);
    }

    Optional<StoredEntity> load(EntityModel entity, String id) {
        return id.isEmpty() ? Optional.empty() : work.entities().load(key(entity, id));
    }

    List<StoredEntity> find(EntityModel entity, Map<String, Object> equal) {
        Map<String, JsonNode> conditions = new LinkedHashMap<>();
        equal.forEach((field, value) -> conditions.put(field, JsonValues.toJson(value)));
        return work.entities()
                .find(EntityQuery.all(tenant(entity.program()), entity.name()).where(conditions));
    }

    @Override
    public double now() {
        return now.toEpochMilli();
    }

    @Override
    public String newId() {
        return ports.ids().next();
    }

    @Override
    public Object flag(String name) {
        return JsonValues.fromJson(ports.flags().value(name));
    }

    @Override
    public boolean permits(String role, String action, @Nullable String target) {
        return catalog.programs().stream()
                .anyMatch(program -> program.permissions().permits(role, action, target));
    }

    @Override
    public Optional<EntityRecord> row(String entity, String id) {
        EntityModel model = catalog.entity(entity);
        return model == null
                ? Optional.empty()
                : load(model, id).map(row -> EntityRecord.fromJson(model.shape(), row.properties()));
    }

    @Override
    public List<EntityRecord> rows(String entity, Map<String, Object> equal) {
        EntityModel model = catalog.entity(entity);
        List<EntityRecord> records = new ArrayList<>();
        if (model != null) {
            find(model, equal).forEach(row -> records.add(EntityRecord.fromJson(model.shape(), row.properties())));
        }
        return records;
    }
}
