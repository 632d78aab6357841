/** An order that may have to wait for goods. Read {@link dev.pawl.samples.fulfilment.OrderFulfilment} first. */
@NullMarked
package dev.pawl.samples.fulfilment;

import org.jspecify.annotations.NullMarked;
