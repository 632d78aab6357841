/**
 * The intermediate representation of a Manifest program: immutable records and sealed interfaces that mirror the
 * published JSON form (IR version 1.0) one to one, and the reading and writing of that form.
 *
 * <p>No parsing of source text and no evaluation lives here; the compiler produces these values and the runtime
 * consumes them. An absent optional part is {@code null}, an absent optional list is empty.
 *
 * <p>Read first: {@link dev.pawl.manifest.ir.Ir}, then {@link dev.pawl.manifest.ir.Entity},
 * {@link dev.pawl.manifest.ir.Command} and {@link dev.pawl.manifest.ir.Expression}.
 */
@NullMarked
package dev.pawl.manifest.ir;

import org.jspecify.annotations.NullMarked;
