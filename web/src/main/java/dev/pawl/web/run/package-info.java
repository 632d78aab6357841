/** Runs over HTTP: finding them, reading their history, and telling them to stop, rest or go on. */
@NullMarked
package dev.pawl.web.run;

import org.jspecify.annotations.NullMarked;
