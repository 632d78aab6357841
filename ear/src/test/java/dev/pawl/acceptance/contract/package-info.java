/**
 * What programs outside rely on, tried from outside: HTTP and JMS in good and bad use, and the documents that describe them.
 *
 * <p>All classes share one server with the embedded database and broker; none of them restarts it.
 */
@NullMarked
package dev.pawl.acceptance.contract;

import org.jspecify.annotations.NullMarked;
