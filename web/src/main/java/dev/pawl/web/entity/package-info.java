/**
 * The entities of Manifest programs over HTTP: instances, and their commands.
 *
 * <p>Resources turn requests into calls and results into responses; on whose behalf is decided by {@link
 * dev.pawl.web.entity.Authenticated} alone. Read {@link dev.pawl.web.entity.EntityResource} first.
 */
@NullMarked
package dev.pawl.web.entity;

import org.jspecify.annotations.NullMarked;
