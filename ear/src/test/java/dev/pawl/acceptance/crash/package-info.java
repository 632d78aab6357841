/**
 * Windows of a two-phase commit in which a test kills the server. The classes here are packed into a jar
 * that only test servers carry, in the application, the resource adapter and beside the drivers; nothing of
 * it ships. {@link dev.pawl.acceptance.crash.CrashWindows} is the test's end of it,
 * {@link dev.pawl.acceptance.crash.CrashPoint} the server's: they share a folder. Read the former first.
 */
@NullMarked
package dev.pawl.acceptance.crash;

import org.jspecify.annotations.NullMarked;
