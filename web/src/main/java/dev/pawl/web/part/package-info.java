/**
 * Lists come in parts: where the wanted part begins and how long it is, as query parameters. What else may be asked of a
 * list stands with its resource. Read {@link PartParameters} first.
 */
@NullMarked
package dev.pawl.web.part;

import org.jspecify.annotations.NullMarked;
