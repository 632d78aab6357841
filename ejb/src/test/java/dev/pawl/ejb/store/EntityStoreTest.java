package dev.pawl.ejb.store;

import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.EntityTransactionsContract;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** The adapters of the Manifest runtime keep to its contract on either database. */
class EntityStoreTest {

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnPostgres extends OnDatabase {
        @Override
        DataSource database() {
            return TestDatabase.postgres();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnH2 extends OnDatabase {
        @Override
        DataSource database() {
            return TestDatabase.h2();
        }
    }

    abstract static class OnDatabase extends EntityTransactionsContract {
        private DatabaseFixture fixture;
        private EntityTransactions entities;

        abstract DataSource database();

        @BeforeAll
        void open() {
            DataSource database = database();
            fixture = new DatabaseFixture(database);
            entities = new DatabaseEntities(fixture, database);
        }

        @AfterAll
        void close() {
            fixture.close();
        }

        @Override
        protected EntityTransactions transactions() {
            return entities;
        }
    }
}
