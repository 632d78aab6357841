/**
 * Rows as JPA entities, for reading only: what changes is written by {@link dev.pawl.ejb.store.SqlRunStore}.
 */
@NullMarked
package dev.pawl.ejb.store.record;

import org.jspecify.annotations.NullMarked;
