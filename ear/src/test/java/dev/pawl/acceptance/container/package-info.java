/**
 * Tests that run inside the server, in a web archive beside the application as it ships. For what only code
 * in the container can see; everything else is asked over HTTP and JMS.
 */
@NullMarked
package dev.pawl.acceptance.container;

import org.jspecify.annotations.NullMarked;
