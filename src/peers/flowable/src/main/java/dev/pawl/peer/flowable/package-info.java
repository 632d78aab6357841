/** Flowable as a peer: glue to its public API, and nothing that is measured. */
@NullMarked
package dev.pawl.peer.flowable;

import org.jspecify.annotations.NullMarked;
