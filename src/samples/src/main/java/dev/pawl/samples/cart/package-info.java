/** Reminders that fall due on their own and end on their own. Read {@link dev.pawl.samples.cart.CartReminders} first, then
 * {@link dev.pawl.samples.cart.RemindOfCart}. */
@NullMarked
package dev.pawl.samples.cart;

import org.jspecify.annotations.NullMarked;
