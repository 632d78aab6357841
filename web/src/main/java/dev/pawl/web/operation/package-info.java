/** What operators ask of the engine itself: transactions in doubt, and a turn of the wheel where timers are off. */
@NullMarked
package dev.pawl.web.operation;

import org.jspecify.annotations.NullMarked;
