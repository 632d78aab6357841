/** The samples on a server, as their page tells how to try them. */
@NullMarked
package dev.pawl.acceptance.feature.samples;

import org.jspecify.annotations.NullMarked;
