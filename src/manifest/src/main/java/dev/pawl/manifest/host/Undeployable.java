package dev.pawl.manifest.host;

import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Modifier;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.ir.ReferentialAction;
import dev.pawl.manifest.ir.Relationship;
import dev.pawl.manifest.ir.Schedule;
import dev.pawl.manifest.runtime.ManifestRuntime;
import dev.pawl.manifest.runtime.RuntimeOptions;
import dev.pawl.manifest.runtime.RuntimePorts;
import dev.pawl.manifest.syntax.Diagnostic;
import dev.pawl.manifest.time.DueTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a program says that this server cannot do. It is refused rather than run without a part of what it says. */
final class Undeployable {
    private final List<Diagnostic> found = new ArrayList<>();

    private Undeployable() {}

    static List<Diagnostic> in(Ir program) {
        Undeployable obstacles = new Undeployable();
        for (Entity entity : program.entities()) {
            entity.properties().forEach(property -> obstacles.encrypted(entity.name(), property));
            for (Relationship relationship : entity.relationships()) {
                obstacles.referential(entity.name(), relationship, "onDelete", relationship.onDelete());
                obstacles.referential(entity.name(), relationship, "onUpdate", relationship.onUpdate());
            }
        }
        program.values()
                .forEach(value -> value.properties().forEach(property -> obstacles.encrypted(value.name(), property)));
        program.schedules().forEach(obstacles::schedule);
        if (obstacles.found.isEmpty()) {
            assembly(program).ifPresent(reason -> obstacles.found.add(Diagnostic.error(reason, null)));
        }
        return obstacles.found;
    }

    /** Why a program that compiles cannot be made ready to run all the same; empty as far as anybody knows. */
    static Optional<String> assembly(Ir program) {
        try {
            ManifestRuntime.of(List.of(program), RuntimePorts.inMemory(() -> Instant.EPOCH), RuntimeOptions.DEFAULT);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("The program compiles and cannot be run: " + e);
        }
    }

    private void encrypted(String owner, Property property) {
        if (property.is(Modifier.ENCRYPTED)) {
            found.add(Diagnostic.error(
                    "Property '" + property.name() + "' of '" + owner
                            + "' is encrypted, which this server does not do; it would be kept in the clear."
                            + " Encrypt the database's storage, or leave the word out.",
                    null));
        }
    }

    private void referential(
            String entity, Relationship relationship, String when, @Nullable ReferentialAction action) {
        if (action != null && action != ReferentialAction.NO_ACTION) {
            found.add(Diagnostic.error(
                    "Relationship '" + relationship.name() + "' of '" + entity + "' says " + when + ": "
                            + action.text()
                            + ", but instances are never deleted here and keep their keys; leave it out, or say noAction.",
                    null));
        }
    }

    private void schedule(Schedule schedule) {
        try {
            new DueTimes(schedule.trigger());
        } catch (IllegalArgumentException e) {
            found.add(Diagnostic.error("Schedule '" + schedule.name() + "' is never due: " + e.getMessage(), null));
        }
    }
}
