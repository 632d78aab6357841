/**
 * The engine's stores in a relational database: reading by JPA, and the statements every run pays for as prepared SQL on
 * the same connection and in the same transaction.
 *
 * <p>The adapters know neither how a transaction began nor which database it is; the latter is in {@code sql}. Read
 * {@link dev.pawl.ejb.store.SqlRunStore} first, then the migrations under {@code db/migration}.
 */
@NullMarked
package dev.pawl.ejb.store;

import org.jspecify.annotations.NullMarked;
