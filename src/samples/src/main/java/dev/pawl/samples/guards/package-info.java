/**
 * Calls to what is not ours: repeated while it stumbles, not made while it is down, and not too many at a time. Read {@link
 * dev.pawl.samples.guards.AskForForecast} first, then {@link dev.pawl.samples.guards.ConvertPrice} and {@link
 * dev.pawl.samples.guards.PrintPosters}.
 */
@NullMarked
package dev.pawl.samples.guards;

import org.jspecify.annotations.NullMarked;
