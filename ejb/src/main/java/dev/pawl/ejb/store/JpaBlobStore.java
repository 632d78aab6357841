package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.Clock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Blobs in the database. Contents are selected as values, so that no persistence context keeps large texts. */
public final class JpaBlobStore implements BlobStore {

    private static final String KEYS = "select b.key from BlobRecord b where b.key like :pattern escape '!'";

    /** The range is what an index serves; the pattern is exact. */
    private static final String RANGE = " and b.key >= :begin and b.key < :end";

    private static final String IN_ORDER = " order by b.key";

    /** The last character before those that databases sort in different ways. */
    private static final char LAST_OF_ONE_ORDER = '\uD7FE';

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
        String pattern = prefix.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        Optional<String> end = endOfRange(prefix);
        TypedQuery<String> query = entityManager
                .get()
                .createQuery(KEYS + (end.isPresent() ? RANGE : "") + IN_ORDER, String.class)
                .setParameter("pattern", pattern);
        end.ifPresent(bound -> query.setParameter("begin", prefix).setParameter("end", bound));
        return query.getResultList();
    }

    /** The first key after all that begin with this prefix; there is none after those that begin with nothing. */
    private static Optional<String> endOfRange(String prefix) {
        int last = prefix.length() - 1;
        if (last < 0 || prefix.charAt(last) > LAST_OF_ONE_ORDER) {
            return Optional.empty();
        }
        return Optional.of(prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
    }
}
