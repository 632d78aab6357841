/** What stages ask of models, how it is judged, recorded and counted. */
@NullMarked
package dev.pawl.testkit.ai;

import org.jspecify.annotations.NullMarked;
