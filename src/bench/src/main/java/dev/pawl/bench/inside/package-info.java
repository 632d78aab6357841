/**
 * Clients inside the server, which start runs through {@link dev.pawl.api.local.Workflows} as beans of an application do. What
 * is measured so can be compared with engines that run in the process of their caller. The benchmark's own process calls
 * them over JMX. Read {@link dev.pawl.bench.inside.Inside} first.
 */
@NullMarked
package dev.pawl.bench.inside;

import org.jspecify.annotations.NullMarked;
