package dev.pawl.testkit.memory;

import dev.pawl.testkit.contract.StoreContracts;
import dev.pawl.testkit.contract.StoreFixture;

/** The in-memory adapters keep to the contracts of their ports. */
class InMemoryStoreTest extends StoreContracts {

    private final StoreFixture stores = new InMemoryFixture();

    @Override
    protected StoreFixture fixture() {
        return stores;
    }
}
