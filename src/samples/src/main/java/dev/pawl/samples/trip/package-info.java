/** Two bookings that stand or fall together. Read {@link dev.pawl.samples.trip.BookTrip} first. */
@NullMarked
package dev.pawl.samples.trip;

import org.jspecify.annotations.NullMarked;
