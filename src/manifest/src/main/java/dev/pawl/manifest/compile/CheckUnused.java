package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Relationship;
import dev.pawl.manifest.ir.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Warns of entities that nothing can reach: kept but without a command, or not even kept. */
final class CheckUnused {
    private final Ir ir;
    private final List<ResolvedEntity> resolved;
    private final Findings findings;

    CheckUnused(Ir ir, List<ResolvedEntity> resolved, Findings findings) {
        this.ir = ir;
        this.resolved = resolved;
        this.findings = findings;
    }

    void run() {
        Set<String> stored = new HashSet<>();
        for (Store store : ir.stores()) {
            stored.add(store.entity());
        }
        Set<String> referenced = new HashSet<>();
        for (Entity entity : ir.entities()) {
            for (Relationship relationship : entity.relationships()) {
                referenced.add(relationship.target());
                if (relationship.through() != null) {
                    referenced.add(relationship.through());
                }
            }
        }
        for (int i = 0; i < ir.entities().size(); i++) {
            Entity entity = ir.entities().get(i);
            if (entity.external() || !entity.commands().isEmpty() || referenced.contains(entity.name())) {
                continue;
            }
            if (!stored.contains(entity.name())) {
                findings.warning(
                        "Entity '" + entity.name() + "' is declared but unused: no store, no entity-scoped commands,"
                                + " and not referenced by any relationship. Remove it or wire it into the domain.",
                        resolved.get(i).at);
            } else if (entity.computedProperties().isEmpty()) {
                findings.warning(
                        "Entity '" + entity.name() + "' is persisted (has store) but has no commands and is not"
                                + " referenced by any relationship — it is unreachable in the product."
                                + " Add commands or relationships, or remove the entity.",
                        resolved.get(i).at);
            }
        }
    }
}
