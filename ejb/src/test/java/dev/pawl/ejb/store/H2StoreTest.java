package dev.pawl.ejb.store;

import dev.pawl.testkit.contract.StoreContracts;
import dev.pawl.testkit.contract.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The adapters on H2 keep to the contracts of their ports. */
class H2StoreTest extends StoreContracts {

    private static DatabaseFixture stores;

    @BeforeAll
    static void open() {
        stores = new DatabaseFixture(TestDatabase.h2());
    }

    @AfterAll
    static void close() {
        stores.close();
    }

    @Override
    protected StoreFixture fixture() {
        return stores;
    }
}
