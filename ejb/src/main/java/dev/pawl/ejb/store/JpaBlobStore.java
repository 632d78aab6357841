package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.Clock;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Blobs in the database. Contents are selected as values, so that no persistence context keeps large texts. */
public final class JpaBlobStore implements BlobStore {

    private static final String BY_PREFIX = "select b.key from BlobRecord b"
            + " where b.key >= :prefix and b.key like :pattern escape '!' order by b.key";

    private final Supplier<EntityManager> entityManager;
    private final CurrentConnection connection;
    private final Dialect dialect;
    private final Clock clock;

    public JpaBlobStore(Supplier<EntityManager> entityManager, Dialect dialect, Clock clock) {
        this.entityManager = entityManager;
        this.connection = new CurrentConnection(entityManager);
        this.dialect = dialect;
        this.clock = clock;
    }

    @Override
    public void put(String key, String text) {
        connection.call("put the blob " + key, current -> {
            dialect.putBlob(current, key, text, clock.now());
            return key;
        });
    }

    @Override
    public Optional<String> get(String key) {
        return entityManager
                .get()
                .createQuery("select b.content from BlobRecord b where b.key = :key", String.class)
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    @Override
    public boolean has(String key) {
        return entityManager
                        .get()
                        .createQuery("select count(b) from BlobRecord b where b.key = :key", Long.class)
                        .setParameter("key", key)
                        .getSingleResult()
                > 0;
    }

    @Override
    public boolean delete(String key) {
        return entityManager
                        .get()
                        .createQuery("delete from BlobRecord b where b.key = :key")
                        .setParameter("key", key)
                        .executeUpdate()
                > 0;
    }

    @Override
    public List<String> list(String prefix) {
        String escaped = prefix.replace("!", "!!").replace("%", "!%").replace("_", "!_");
        return entityManager
                .get()
                .createQuery(BY_PREFIX, String.class)
                .setParameter("prefix", prefix)
                .setParameter("pattern", escaped + "%")
                .getResultList();
    }
}
