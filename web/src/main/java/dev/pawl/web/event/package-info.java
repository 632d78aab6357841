/** The event log over HTTP: in order, and as a tree of causes. */
@NullMarked
package dev.pawl.web.event;

import org.jspecify.annotations.NullMarked;
