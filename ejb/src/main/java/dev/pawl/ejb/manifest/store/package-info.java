/**
 * The ports of the Manifest runtime on the database: instances, events, keys and rate limits of one transaction, and the
 * versions of programs.
 *
 * <p>Statements are in {@code dev.pawl.ejb.store.sql}; how the transaction began is the business of the package above. Read
 * {@link dev.pawl.ejb.manifest.store.SqlUnitOfWork} first.
 */
@NullMarked
package dev.pawl.ejb.manifest.store;

import org.jspecify.annotations.NullMarked;
