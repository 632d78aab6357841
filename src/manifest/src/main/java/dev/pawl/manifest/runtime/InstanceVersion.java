package dev.pawl.manifest.runtime;

import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.port.StoredEntity;
import dev.pawl.manifest.runtime.value.Values;
import org.jspecify.annotations.Nullable;

/** The version of an instance: what the caller believes it is, and what a write makes of it. */
final class InstanceVersion {
    private InstanceVersion() {}

    /** The version the caller has seen: stated with the call, or given as the input named like the version property. */
    static @Nullable Long stated(EntityModel entity, CommandCall call, CommandInput input) {
        if (call.options().expectedVersion() != null) {
            return call.options().expectedVersion();
        }
        String property = entity.declared().versionProperty();
        return property != null && input.values().get(property) instanceof Double version ? version.longValue() : null;
    }

    static void expect(@Nullable Long stated, EntityModel entity, StoredEntity stored) {
        if (stated != null && stated != stored.version()) {
            throw conflict(entity, stored, stated);
        }
    }

    /** The version of a new instance: 1, or what its document brings along. */
    static long first(EntityModel entity, EntityRecord draft) {
        String property = entity.declared().versionProperty();
        return property != null && draft.get(property) instanceof Double version && version >= 1
                ? version.longValue()
                : 1;
    }

    /** Writes the next version and the times of the write; a version the actions wrote must be the one that is there. */
    static void stamp(
            CommandModel command, EntityModel entity, StoredEntity stored, EntityRecord after, CallScope scope) {
        String version = entity.declared().versionProperty();
        if (version != null) {
            Object written = after.get(version);
            if (command.written().contains(version) && !Values.looselyEqual(written, (double) stored.version())) {
                throw conflict(entity, stored, (long) Values.toNumber(written));
            }
            after.put(version, (double) stored.version() + 1);
        }
        if (entity.declared().versionAtProperty() != null) {
            after.put(entity.declared().versionAtProperty(), scope.now());
        }
        if (entity.declared().timestamps()) {
            after.put(EntityModel.UPDATED_AT, scope.now());
        }
    }

    static Refusal refusal(Refusal.ConcurrencyConflict conflict) {
        return new Refusal(
                RefusalCode.CONCURRENCY_CONFLICT,
                "Concurrency conflict on " + conflict.entityType() + "#" + conflict.entityId() + ": expected version "
                        + conflict.expectedVersion() + ", actual " + conflict.actualVersion(),
                conflict);
    }

    private static CommandRefused conflict(EntityModel entity, StoredEntity stored, long expected) {
        return new CommandRefused(refusal(
                new Refusal.ConcurrencyConflict(entity.name(), stored.key().id(), expected, stored.version())));
    }
}
