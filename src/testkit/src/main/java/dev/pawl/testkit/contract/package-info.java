/**
 * What every adapter of a store port must keep to. A suite for an adapter extends these classes and names a
 * {@link dev.pawl.testkit.contract.StoreFixture}; the port's documentation is the list of tests.
 *
 * <p>Nothing here knows how an adapter works. Read {@link dev.pawl.testkit.contract.RunStoreContract} first.
 */
@NullMarked
package dev.pawl.testkit.contract;

import org.jspecify.annotations.NullMarked;
