/** Money that goes back when the goods cannot be had. Read {@link dev.pawl.samples.payment.TicketSale} first. */
@NullMarked
package dev.pawl.samples.payment;

import org.jspecify.annotations.NullMarked;
