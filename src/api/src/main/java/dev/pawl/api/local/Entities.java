package dev.pawl.api.local;

import java.util.Map;
import java.util.Optional;

/**
 * Entities of Manifest programs, for beans of the application. A command joins the caller's transaction; a refused one is
 * undone by itself and leaves that transaction usable. Commands run on behalf of the caller the container has
 * authenticated, with that caller's groups as roles.
 */
public interface Entities {

    /** Runs one command. */
    EntityResult execute(EntityCommand command);

    /** The instance with its computed properties, as far as the caller may see it. */
    Optional<Map<String, Object>> find(String entity, String id);
}
