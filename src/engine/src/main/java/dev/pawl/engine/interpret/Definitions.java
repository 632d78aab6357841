package dev.pawl.engine.interpret;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The deployed workflows, by id and version. */
public final class Definitions {

    private final Map<String, TreeMap<Integer, Definition>> byId = new HashMap<>();

    /** @throws IllegalArgumentException when two definitions have the same id and version */
    public Definitions(Collection<? extends Definition> definitions) {
        for (Definition definition : definitions) {
            Definition other =
                    byId.computeIfAbsent(definition.id(), id -> new TreeMap<>()).put(definition.version(), definition);
            if (other != null) {
                throw new IllegalArgumentException(
                        "Workflow '" + definition.id() + "' version " + definition.version() + " is defined twice");
            }
        }
    }

    public Optional<Definition> find(String id, int version) {
        return Optional.ofNullable(byId.getOrDefault(id, new TreeMap<>()).get(version));
    }

    /** The highest version. */
    public Optional<Definition> latest(String id) {
        return Optional.ofNullable(byId.get(id))
                .map(versions -> versions.lastEntry().getValue());
    }

    /** The highest version of each, by id. */
    public List<Definition> all() {
        return byId.values().stream()
                .map(versions -> versions.lastEntry().getValue())
                .sorted(Comparator.comparing(Definition::id))
                .toList();
    }

    /** All ids and versions, for messages. */
    public String deployed() {
        return byId.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " " + entry.getValue().keySet())
                .toList()
                .toString();
    }
}
