/**
 * Workflows whose user code leaves traces and can be held or crashed from a test, and the tests that use them on a real
 * server.
 *
 * <p>Classes named {@code *IT} run in the test's process; the others are packed into a jar and put into the application.
 * Read {@link dev.pawl.acceptance.workflow.ProbeWorkflows} first.
 */
@NullMarked
package dev.pawl.acceptance.workflow;

import org.jspecify.annotations.NullMarked;
