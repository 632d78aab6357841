/**
 * State machines: what an author declares, and what guards and actions see. Read {@link
 * dev.pawl.api.machine.StateMachine} first.
 */
@NullMarked
package dev.pawl.api.machine;

import org.jspecify.annotations.NullMarked;
