package dev.pawl.ejb.store;

import dev.pawl.ejb.manifest.store.SqlUnitOfWork;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.manifest.runtime.port.EntityStore;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javax.sql.DataSource;

/** Entity transactions on a database, each a local transaction of its own. */
final class DatabaseEntities implements EntityTransactions {

    private final DatabaseFixture fixture;
    private final Dialect dialect;

    DatabaseEntities(DatabaseFixture fixture, DataSource database) {
        this.fixture = fixture;
        this.dialect = Dialect.of(database);
    }

    @Override
    public <T> T inTransaction(Function<EntityUnitOfWork, T> work) {
        return get(() -> fixture.inTransaction(() -> work.apply(unitOfWork())));
    }

    private EntityUnitOfWork unitOfWork() {
        return new SqlUnitOfWork(
                new CurrentConnection(fixture::entityManager),
                dialect,
                fixture.keys(),
                fixture.clock(),
                nothingInMemory(),
                entity -> false,
                () -> {});
    }

    private static EntityStore nothingInMemory() {
        return new dev.pawl.manifest.runtime.memory.InMemoryEntities().inTransaction(EntityUnitOfWork::entities);
    }

    private static <T> T get(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
