/** A shop's order as a state machine, with thirty days to send things back. Read {@link dev.pawl.samples.returns.ShopOrder} first. */
@NullMarked
package dev.pawl.samples.returns;

import org.jspecify.annotations.NullMarked;
