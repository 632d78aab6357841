package dev.pawl.manifest.runtime.port;

/** Where an instance is: no instance is ever found without its tenant. */
public record EntityKey(String tenant, String entity, String id) {
    public EntityKey {
        if (tenant.isEmpty() || entity.isEmpty() || id.isEmpty()) {
            throw new IllegalArgumentException("an instance has a tenant, an entity and an id, got '" + tenant + "', '"
                    + entity + "', '" + id + "'");
        }
    }
}
