/** The engine called by beans of the application, and the same commands over every transport. */
@NullMarked
package dev.pawl.acceptance.feature.local;

import org.jspecify.annotations.NullMarked;
