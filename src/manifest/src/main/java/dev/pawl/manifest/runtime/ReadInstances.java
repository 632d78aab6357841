package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Modifier;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.expression.Evaluation;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.expression.RelatedRows;
import dev.pawl.manifest.runtime.port.EntityQuery;
import dev.pawl.manifest.runtime.port.StoredEntity;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.JsonValues;
import dev.pawl.manifest.runtime.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Instances as their readers may see them: read policies first, then private properties left out and others masked. */
final class ReadInstances {
    private final CallScope scope;

    ReadInstances(CallScope scope) {
        this.scope = scope;
    }

    Optional<EntityView> get(EntityModel entity, String id, Set<String> include) {
        checkIncluded(entity, include);
        return scope.load(entity, id).flatMap(row -> view(entity, row, include));
    }

    InstancePage page(EntityModel entity, InstanceQuery query) {
        checkFilters(entity, query);
        checkIncluded(entity, query.include());
        EntityQuery rows =
                EntityQuery.all(scope.tenant(entity.program()), entity.name()).where(query.equal());
        List<EntityView> items = new ArrayList<>();
        String after = query.cursor();
        while (true) {
            List<StoredEntity> found = scope.work().entities().find(rows.page(after, query.limit() + 1));
            for (StoredEntity row : found) {
                if (items.size() == query.limit()) {
                    return new InstancePage(items, items.get(items.size() - 1).id());
                }
                after = row.key().id();
                view(entity, row, query.include()).ifPresent(items::add);
            }
            if (found.size() <= query.limit()) {
                return new InstancePage(items, null);
            }
        }
    }

    /** The stored properties as the caller of a command may see them. */
    static EntityView stored(EntityModel entity, long version, EntityRecord record, CallScope scope) {
        return new EntityView(entity.name(), record.id(), version, shown(entity, record, scope), nothing(), nothing());
    }

    /** The stored properties as they are, for who has just given them. */
    static EntityView created(EntityModel entity, long version, EntityRecord record) {
        return new EntityView(entity.name(), record.id(), version, record.toJson(), nothing(), nothing());
    }

    private Optional<EntityView> view(EntityModel entity, StoredEntity row, Set<String> include) {
        EntityRecord record = EntityRecord.fromJson(entity.shape(), row.properties());
        Evaluation evaluation = scope.evaluation(null);
        if (!mayRead(entity, record, evaluation)) {
            return Optional.empty();
        }
        ObjectNode computed = nothing();
        for (String name : entity.shape().computedProperties().keySet()) {
            JsonValues.put(computed, name, record.compute(name, evaluation));
        }
        ObjectNode related = nothing();
        for (String name : include) {
            RelatedRows rows = entity.shape().relationship(name);
            if (rows != null) {
                putRelated(related, name, rows.from(record, evaluation), evaluation);
            }
        }
        return Optional.of(new EntityView(
                entity.name(), row.key().id(), row.version(), shown(entity, record, scope), computed, related));
    }

    private boolean mayRead(EntityModel entity, EntityRecord record, Evaluation evaluation) {
        return entity.readPolicies().isEmpty()
                || CheckPolicies.allows(
                        entity.readPolicies(), new Frame(evaluation, record, entity.ruleLocals(), Map.of()), scope);
    }

    private void putRelated(ObjectNode related, String name, Object rows, Evaluation evaluation) {
        if (rows instanceof List<?> many) {
            ArrayNode array = related.putArray(name);
            many.forEach(row -> shownRelated(row, evaluation).ifPresent(array::add));
        } else {
            Optional<ObjectNode> one = shownRelated(rows, evaluation);
            related.set(name, one.isPresent() ? one.get() : NullNode.getInstance());
        }
    }

    private Optional<ObjectNode> shownRelated(Object row, Evaluation evaluation) {
        if (!(row instanceof EntityRecord record)) {
            return Optional.empty();
        }
        EntityModel entity = scope.catalog().entity(record.shape().entity());
        return entity != null && mayRead(entity, record, evaluation)
                ? Optional.of(shown(entity, record, scope))
                : Optional.empty();
    }

    private static ObjectNode shown(EntityModel entity, EntityRecord record, CallScope scope) {
        ObjectNode json = record.toJson();
        for (PropertyModel property : entity.properties()) {
            if (property.is(Modifier.PRIVATE)) {
                json.remove(property.name());
            } else if (property.declared().maskStrategy() != null) {
                mask(entity, property, record, json, scope);
            }
        }
        return json;
    }

    private static void mask(
            EntityModel entity, PropertyModel property, EntityRecord record, ObjectNode json, CallScope scope) {
        Object value = record.get(property.slot());
        if (value instanceof Absent) {
            return;
        }
        boolean unmasked = property.unmaskWhen() != null
                && property.unmaskWhen()
                        .holds(new Frame(scope.evaluation(null), record, entity.ruleLocals(), Map.of()));
        if (!unmasked) {
            json.put(
                    property.name(),
                    MaskedText.of(Values.toText(value), property.declared().maskStrategy()));
        }
    }

    /** Filtering by what is hidden would tell it. */
    private static void checkFilters(EntityModel entity, InstanceQuery query) {
        for (String name : query.equal().keySet()) {
            boolean hidden = entity.properties().stream()
                    .anyMatch(property -> property.name().equals(name)
                            && (property.is(Modifier.PRIVATE)
                                    || property.declared().maskStrategy() != null));
            if (hidden || entity.shape().slot(name) < 0) {
                throw new InvalidQuery("entity '" + entity.name() + "' cannot be filtered by '" + name + "'");
            }
        }
    }

    private static void checkIncluded(EntityModel entity, Set<String> include) {
        for (String name : include) {
            if (entity.shape().relationship(name) == null) {
                throw new InvalidQuery("entity '" + entity.name() + "' has no relationship '" + name + "'");
            }
        }
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
