/** What becomes of a run when its stages end well, late or badly. */
@NullMarked
package dev.pawl.acceptance.feature.stages;

import org.jspecify.annotations.NullMarked;
