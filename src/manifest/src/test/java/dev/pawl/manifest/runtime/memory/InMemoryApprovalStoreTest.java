package dev.pawl.manifest.runtime.memory;

import dev.pawl.manifest.runtime.port.ApprovalStoreContract;
import dev.pawl.manifest.runtime.port.EntityTransactions;

class InMemoryApprovalStoreTest extends ApprovalStoreContract {
    private final InMemoryEntities entities = new InMemoryEntities();

    @Override
    protected EntityTransactions transactions() {
        return entities;
    }
}
