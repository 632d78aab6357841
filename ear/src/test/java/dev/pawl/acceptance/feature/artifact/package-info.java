/** What is kept with runs beside their outputs. */
@NullMarked
package dev.pawl.acceptance.feature.artifact;

import org.jspecify.annotations.NullMarked;
