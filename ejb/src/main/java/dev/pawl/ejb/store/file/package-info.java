/**
 * Blobs as files. Plain Java: where a transaction begins and ends it is told by {@link
 * dev.pawl.ejb.store.file.CurrentTransaction}.
 *
 * <p>Read {@link dev.pawl.ejb.store.file.FileBlobStore} first.
 */
@NullMarked
package dev.pawl.ejb.store.file;

import org.jspecify.annotations.NullMarked;
