/**
 * Real processes for tests: the built server, a PostgreSQL and a broker, each with folders and ports of
 * its own, each to be killed and started again. Here belongs what starts, stops and talks to them; what
 * a test asserts belongs to the test. Read {@link dev.pawl.acceptance.server.LibertyServer} first.
 */
@NullMarked
package dev.pawl.acceptance.server;

import org.jspecify.annotations.NullMarked;
