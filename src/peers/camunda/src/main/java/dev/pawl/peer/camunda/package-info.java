/** Camunda 7 as a peer: glue to its public API, and nothing that is measured. */
@NullMarked
package dev.pawl.peer.camunda;

import org.jspecify.annotations.NullMarked;
