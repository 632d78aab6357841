/** The catalogue of events and the shape of their payloads. */
@NullMarked
package dev.pawl.engine.event;

import org.jspecify.annotations.NullMarked;
