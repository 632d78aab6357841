/** How long things are kept on this server: its settings, the stores it reaches and the timer that makes the rounds. */
@NullMarked
package dev.pawl.ejb.retention;

import org.jspecify.annotations.NullMarked;
