/**
 * Work done elsewhere: a print shop takes an order, works on it for hours, and is asked now and then. Read {@link
 * dev.pawl.samples.printing.PrintOnDemand} first.
 */
@NullMarked
package dev.pawl.samples.printing;

import org.jspecify.annotations.NullMarked;
