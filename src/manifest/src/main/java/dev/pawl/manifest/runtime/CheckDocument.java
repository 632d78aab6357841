package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Modifier;
import dev.pawl.manifest.ir.Severity;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.port.StoredEntity;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.JsonValues;
import dev.pawl.manifest.runtime.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds a document against its entity's declarations, after the mutations and before it is stored. */
final class CheckDocument {
    private final EntityModel entity;
    private final CallScope scope;
    private final @Nullable EntityRecord before;
    private final EntityRecord after;

    /** {@code before} is the stored document, null for a new one. */
    CheckDocument(EntityModel entity, CallScope scope, @Nullable EntityRecord before, EntityRecord after) {
        this.entity = entity;
        this.scope = scope;
        this.before = before;
        this.after = after;
    }

    /** A state property moves only along its declared transitions; a new document may start in any state. */
    void checkTransitions(Set<String> written) {
        if (before == null) {
            return;
        }
        for (Map.Entry<String, Map<String, List<String>>> rules :
                entity.transitions().entrySet()) {
            String property = rules.getKey();
            Object from = before.get(property);
            if (!written.contains(property) || from == Absent.UNDEFINED) {
                continue;
            }
            String current = Values.toText(from);
            String next = Values.toText(after.get(property));
            List<String> allowed = rules.getValue().get(current);
            if (allowed != null && !allowed.contains(next)) {
                throw new CommandRefused(
                        RefusalCode.INVALID_TRANSITION,
                        "Invalid state transition for '" + property + "': '" + current + "' -> '" + next
                                + "' is not allowed. Allowed from '" + current + "': ["
                                + allowed.stream()
                                        .map(state -> "'" + state + "'")
                                        .collect(Collectors.joining(", ")) + "]");
            }
        }
    }

    /** Adds an outcome for every property that is not as declared. */
    void checkProperties(Set<String> written, List<ConstraintOutcome> outcomes) {
        for (PropertyModel property : entity.properties()) {
            if (before != null && !written.contains(property.name())) {
                continue;
            }
            checkProperty(property, outcomes);
        }
        for (List<String> group : entity.declared().alternateKeys()) {
            if (before == null || group.stream().anyMatch(written::contains)) {
                checkUnique(group, "E_ALTERNATE_KEY", outcomes);
            }
        }
    }

    private void checkProperty(PropertyModel property, List<ConstraintOutcome> outcomes) {
        Object value = after.get(property.slot());
        String name = property.name();
        boolean strict = scope.options().semantics() == Semantics.EXTENDED;
        boolean missing = value == Absent.UNDEFINED || (strict && value == Absent.NULL);
        if (property.is(Modifier.REQUIRED) && missing && !entity.isManaged(name)) {
            outcomes.add(failed("E_REQUIRED", name, "Property '" + name + "' is required", value));
        }
        if (strict || property.rule().isTemporal()) {
            property.rule()
                    .problem(value)
                    .ifPresent(problem -> outcomes.add(
                            failed(property.rule().code(), name, "Property '" + name + "' " + problem, value)));
        }
        if (before != null
                && property.is(Modifier.READONLY)
                && !JsonValues.toJson(before.get(property.slot())).equals(JsonValues.toJson(value))) {
            outcomes.add(failed("E_READONLY", name, "Property '" + name + "' cannot be changed", value));
        }
        if (property.is(Modifier.UNIQUE)) {
            checkUnique(List.of(name), "E_UNIQUE", outcomes);
        }
    }

    private void checkUnique(List<String> group, String code, List<ConstraintOutcome> outcomes) {
        Map<String, Object> equal = new LinkedHashMap<>();
        for (String column : group) {
            Object value = after.get(column);
            if (value instanceof Absent) {
                return;
            }
            equal.put(column, value);
        }
        for (StoredEntity other : scope.find(entity, equal)) {
            if (!other.key().id().equals(after.id())) {
                String names = String.join("', '", group);
                outcomes.add(failed(
                        code,
                        String.join("+", group),
                        "Another " + entity.name() + " has the same '" + names + "'",
                        new ArrayList<>(equal.values())));
                return;
            }
        }
    }

    private static ConstraintOutcome failed(String code, String name, String message, Object value) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("property", name);
        JsonValues.put(details, "value", value);
        return new ConstraintOutcome(code, code, Severity.BLOCK, name, message, details, false, null, List.of());
    }
}
