/**
 * SQL of the stores, one {@link dev.pawl.ejb.store.sql.Dialect} per database, and how rows become runs.
 *
 * <p>No decisions about runs belong here. Read {@link dev.pawl.ejb.store.sql.Dialect} first.
 */
@NullMarked
package dev.pawl.ejb.store.sql;

import org.jspecify.annotations.NullMarked;
