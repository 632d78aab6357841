package dev.pawl.ejb.store;

import dev.pawl.manifest.runtime.port.ApprovalStoreContract;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.EntityTransactionsContract;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The adapters of the Manifest runtime keep to its contract on either database. */
class EntityStoreTest {

    private static Opened postgres;
    private static Opened h2;

    @BeforeAll
    static void open() {
        postgres = Opened.on(TestDatabase.postgres());
        h2 = Opened.on(TestDatabase.h2());
    }

    @AfterAll
    static void close() {
        postgres.fixture().close();
        h2.fixture().close();
    }

    private record Opened(DatabaseFixture fixture, EntityTransactions entities) {
        static Opened on(DataSource database) {
            DatabaseFixture fixture = new DatabaseFixture(database);
            return new Opened(fixture, new DatabaseEntities(fixture, database));
        }
    }

    @Nested
    class OnPostgres extends EntityTransactionsContract {
        @Override
        protected EntityTransactions transactions() {
            return postgres.entities();
        }
    }

    @Nested
    class OnH2 extends EntityTransactionsContract {
        @Override
        protected EntityTransactions transactions() {
            return h2.entities();
        }
    }

    @Nested
    class ApprovalsOnPostgres extends ApprovalStoreContract {
        @Override
        protected EntityTransactions transactions() {
            return postgres.entities();
        }
    }

    @Nested
    class ApprovalsOnH2 extends ApprovalStoreContract {
        @Override
        protected EntityTransactions transactions() {
            return h2.entities();
        }
    }
}
