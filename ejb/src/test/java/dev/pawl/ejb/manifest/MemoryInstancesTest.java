package dev.pawl.ejb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pawl.manifest.runtime.port.EntityKey;
import dev.pawl.manifest.runtime.port.EntityQuery;
import dev.pawl.manifest.runtime.port.StoredEntity;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-15")
class MemoryInstancesTest {

    private final OneTransaction transaction = new OneTransaction();
    private final MemoryInstances instances = new MemoryInstances(transaction);

    /** The registry of a single thread; a transaction lasts from the first use to its end. */
    private static final class OneTransaction implements TransactionSynchronizationRegistry {
        private final Map<Object, Object> resources = new HashMap<>();
        private Synchronization ending;

        void end(int status) {
            if (ending != null) {
                ending.afterCompletion(status);
            }
            ending = null;
            resources.clear();
        }

        @Override
        public void putResource(Object key, Object value) {
            resources.put(key, value);
        }

        @Override
        public Object getResource(Object key) {
            return resources.get(key);
        }

        @Override
        public void registerInterposedSynchronization(Synchronization synchronization) {
            assertThat(ending).as("asked once a transaction").isNull();
            ending = synchronization;
        }

        @Override
        public Object getTransactionKey() {
            return this;
        }

        @Override
        public int getTransactionStatus() {
            return Status.STATUS_ACTIVE;
        }

        @Override
        public void setRollbackOnly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean getRollbackOnly() {
            return false;
        }
    }

    private static StoredEntity row(String id, long version) {
        return new StoredEntity(
                new EntityKey("t", "Note", id),
                version,
                JsonNodeFactory.instance.objectNode().put("n", version));
    }

    private long version(String id) {
        return instances
                .load(new EntityKey("t", "Note", id))
                .map(StoredEntity::version)
                .orElse(0L);
    }

    @Test
    void whatACommittedTransactionWroteStays() {
        assertThat(instances.insert(row("a", 1))).isTrue();
        assertThat(instances.compareAndSet(row("a", 2), 1)).isTrue();
        assertThat(instances.compareAndSet(row("a", 9), 1)).isFalse();
        transaction.end(Status.STATUS_COMMITTED);

        assertThat(version("a")).isEqualTo(2);
        assertThat(instances.insert(row("a", 1))).isFalse();
    }

    @Test
    void whatARolledBackTransactionWroteIsTakenBack() {
        instances.insert(row("a", 1));
        transaction.end(Status.STATUS_COMMITTED);

        instances.compareAndSet(row("a", 2), 1);
        instances.insert(row("b", 1));
        transaction.end(Status.STATUS_ROLLEDBACK);

        assertThat(version("a")).isEqualTo(1);
        assertThat(version("b")).isZero();
    }

    @Test
    void aPartOfATransactionCanBeTakenBackAlone() {
        instances.insert(row("a", 1));
        int mark = instances.mark();
        instances.compareAndSet(row("a", 2), 1);
        instances.insert(row("b", 1));
        instances.undoTo(mark);
        transaction.end(Status.STATUS_COMMITTED);

        assertThat(version("a")).isEqualTo(1);
        assertThat(version("b")).isZero();
    }

    @Test
    void rowsAreFoundInTheOrderOfTheirIdsWithinTheirTenant() {
        instances.insert(row("b", 1));
        instances.insert(row("a", 1));

        assertThat(instances.find(EntityQuery.all("t", "Note")))
                .extracting(found -> found.key().id())
                .containsExactly("a", "b");
        assertThat(instances.find(EntityQuery.all("t", "Note").page("a", 5))).hasSize(1);
        assertThat(instances.find(EntityQuery.all("other", "Note"))).isEmpty();
    }
}
