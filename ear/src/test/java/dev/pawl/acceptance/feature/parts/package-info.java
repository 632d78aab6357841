/** Parts of the engine that beans of the application have taken the place of. */
@NullMarked
package dev.pawl.acceptance.feature.parts;

import org.jspecify.annotations.NullMarked;
