package dev.pawl.manifest.host;

import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the programs of a server declare by names that only one of them may use: entities and commands of no entity. */
final class NamesInUse {
    private final Map<String, String> entities = new HashMap<>();
    private final Map<String, String> commands = new HashMap<>();

    void add(String program, Ir ir) {
        ir.entities().forEach(entity -> entities.put(entity.name(), program));
        ir.commands().stream()
                .filter(command -> command.entity() == null)
                .forEach(command -> commands.put(command.name(), program));
    }

    /** What to say when the program declares one of the names. */
    Optional<String> clash(Ir ir) {
        for (Entity entity : ir.entities()) {
            if (entities.containsKey(entity.name())) {
                return Optional.of(message("entity", entity.name(), entities.get(entity.name())));
            }
        }
        for (Command command : ir.commands()) {
            if (command.entity() == null && commands.containsKey(command.name())) {
                return Optional.of(message("command", command.name(), commands.get(command.name())));
            }
        }
        return Optional.empty();
    }

    private static String message(String kind, String name, String program) {
        return "The " + kind + " '" + name + "' belongs to the program '" + program
                + "' already; rename it, or deploy under the name '" + program + "' to replace that program";
    }
}
