package dev.pawl.manifest.host;

import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.EntityView;
import dev.pawl.manifest.runtime.InstancePage;
import dev.pawl.manifest.runtime.InstanceQuery;
import java.util.Optional;
import java.util.Set;

/** The entities of the running programs, as a server's doors see them. */
public interface Entities {
    /** The declaration of an entity, if a program has one; programs deployed elsewhere a moment ago are known. */
    Optional<Entity> declared(String entity);

    /**
     * Runs a command in one transaction: the one around the call, or one of its own, repeated when it lost against a
     * concurrent one. A refusal is a result and leaves the transaction around the call usable.
     */
    CommandResult execute(CommandCall call);

    /** The instance with these relationships, as far as the caller may see it. */
    Optional<EntityView> get(String entity, String id, Set<String> include, Caller caller);

    InstancePage query(InstanceQuery query, Caller caller);
}
