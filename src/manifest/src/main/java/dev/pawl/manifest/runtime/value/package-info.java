/**
 * The values of a running Manifest program and their JavaScript-like rules: truthiness, loose equality, conversion to
 * numbers and text, and the way to and from JSON.
 *
 * <p>A value is a {@link java.lang.Double}, {@link java.lang.String}, {@link java.lang.Boolean}, a list, a map in insertion
 * order, an entity record, a function, or one of the two {@link dev.pawl.manifest.runtime.value.Absent} values; never a Java
 * null. Nothing here knows of expressions, entities or stores.
 *
 * <p>Read first: {@link dev.pawl.manifest.runtime.value.Values}.
 */
@NullMarked
package dev.pawl.manifest.runtime.value;

import org.jspecify.annotations.NullMarked;
