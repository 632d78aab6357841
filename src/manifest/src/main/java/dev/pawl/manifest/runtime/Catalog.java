package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Ir;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The compiled programs of a runtime, found by the names of what they declare. */
final class Catalog {
    private final List<ProgramModel> programs = new ArrayList<>();
    private final Map<String, EntityModel> entities = new LinkedHashMap<>();
    private final Map<String, CommandModel> commands = new LinkedHashMap<>();

    Catalog(List<Ir> compiled) {
        for (Ir ir : compiled) {
            ProgramModel program = new ProgramModel(ir);
            programs.add(program);
            program.entities().forEach((name, entity) -> {
                if (entities.put(name, entity) != null) {
                    throw new IllegalArgumentException(
                            "two programs declare the entity '" + name + "'; rename one or deploy one of them");
                }
            });
            program.commands().forEach((name, command) -> {
                if (commands.put(name, command) != null) {
                    throw new IllegalArgumentException(
                            "two programs declare the command '" + name + "'; rename one or deploy one of them");
                }
            });
        }
    }

    List<ProgramModel> programs() {
        return programs;
    }

    @Nullable
    EntityModel entity(String name) {
        return entities.get(name);
    }

    CommandModel command(CommandCall call) {
        CommandModel found;
        if (call.entity() == null) {
            found = commands.get(call.command());
        } else {
            EntityModel entity = entities.get(call.entity());
            found = entity == null
                    ? null
                    : call.isStoring() ? entity.storing() : entity.commands().get(call.command());
        }
        if (found == null) {
            throw new CommandRefused(
                    RefusalCode.COMMAND_NOT_FOUND,
                    "Command '" + call.command() + "' not found"
                            + (call.entity() == null ? "" : " on entity '" + call.entity() + "'"));
        }
        return found;
    }
}
