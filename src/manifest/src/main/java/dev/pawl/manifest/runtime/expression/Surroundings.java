package dev.pawl.manifest.runtime.expression;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an expression may ask of the world around it. */
public interface Surroundings {
    /** The time of the call in milliseconds since the epoch; the same for the whole call. */
    double now();

    String newId();

    /** The value of a feature flag; false when nobody decides it. */
    Object flag(String name);

    boolean permits(String role, String action, @Nullable String target);

    /** The row with this id, in the caller's tenant. */
    Optional<EntityRecord> row(String entity, String id);

    /** The rows whose fields equal these values, in the order of their ids, in the caller's tenant. */
    List<EntityRecord> rows(String entity, Map<String, Object> equal);
}
