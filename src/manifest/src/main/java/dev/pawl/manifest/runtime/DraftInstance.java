package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Modifier;
import dev.pawl.manifest.ir.Tenant;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.expression.RecordShape;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds the document of a new instance before its command runs, and completes it afterwards. */
final class DraftInstance {
    private static final int LONGEST_ID = 250;

    private DraftInstance() {}

    /**
     * The draft: what the caller gives, declared defaults, what the runtime fills. A property without a default that the
     * command is going to write stays undefined until it does.
     */
    static EntityRecord start(
            EntityModel entity, CommandCall call, Map<String, Object> input, Set<String> written, CallScope scope) {
        EntityRecord draft = new EntityRecord(entity.shape());
        boolean keepsUndeclared = scope.options().semantics() == Semantics.PUBLISHED;
        input.forEach((name, value) -> {
            boolean fills = entity.shape().slot(name) >= 0 && (call.isStoring() || !entity.isManaged(name));
            if (value != Absent.UNDEFINED && (fills || keepsUndeclared)) {
                draft.put(name, value);
            }
        });
        for (PropertyModel property : entity.properties()) {
            if (draft.get(property.slot()) == Absent.UNDEFINED) {
                draft.set(property.slot(), initial(property, written, scope));
            }
        }
        Object id = call.instanceId() != null ? call.instanceId() : draft.get(RecordShape.ID);
        String text = id instanceof Absent ? "" : Values.toText(id);
        draft.set(RecordShape.ID, text.isEmpty() ? scope.newId() : text);
        fillManaged(entity, draft, scope);
        return draft;
    }

    /** Gives the properties nobody filled the start value of their type, and a composite key its id. */
    static void finish(EntityModel entity, EntityRecord draft) {
        for (PropertyModel property : entity.properties()) {
            if (draft.get(property.slot()) == Absent.UNDEFINED && !property.is(Modifier.REQUIRED)) {
                draft.set(property.slot(), property.rule().initialValue());
            }
        }
        if (!entity.declared().key().isEmpty()) {
            draft.set(
                    RecordShape.ID,
                    entity.declared().key().stream()
                            .map(column -> component(draft.get(column)))
                            .collect(Collectors.joining("|")));
        }
        checkId(entity, draft.id());
    }

    /** Ids are keys of rows and parts of addresses, wherever they come from. */
    private static void checkId(EntityModel entity, String id) {
        if (id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
            String wanted = "must have 1 to " + LONGEST_ID + " characters and no control characters";
            throw new CommandRefused(new Refusal(
                    RefusalCode.INVALID_INPUT,
                    "The id of a new " + entity.name() + " " + wanted,
                    new Refusal.InvalidInput(List.of(new FieldError("/id", wanted)))));
        }
    }

    private static Object initial(PropertyModel property, Set<String> written, CallScope scope) {
        if (property.declared().autoNow()) {
            return property.rule().at(scope.instant());
        }
        if (property.defaultValue() != null) {
            return property.defaultValue();
        }
        boolean left = property.is(Modifier.REQUIRED) || written.contains(property.name());
        return left || property.slot() == RecordShape.ID
                ? Absent.UNDEFINED
                : property.rule().initialValue();
    }

    private static void fillManaged(EntityModel entity, EntityRecord draft, CallScope scope) {
        Tenant tenant = entity.program().ir().tenant();
        if (tenant != null) {
            draft.put(tenant.property(), scope.tenant(entity.program()));
        }
        String version = entity.declared().versionProperty();
        if (version != null && !(draft.get(version) instanceof Double)) {
            draft.put(version, 1d);
        }
        String versionAt = entity.declared().versionAtProperty();
        if (versionAt != null && draft.get(versionAt) instanceof Absent) {
            draft.put(versionAt, scope.now());
        }
        if (entity.declared().timestamps()) {
            draft.put(EntityModel.CREATED_AT, scope.now());
            draft.put(EntityModel.UPDATED_AT, scope.now());
        }
    }

    private static String component(Object value) {
        String text = value instanceof Absent ? "" : Values.toText(value);
        return text.replace("%", "%25").replace("|", "%7C");
    }
}
