/** Workflows that beans of the application start. */
@NullMarked
package dev.pawl.acceptance.feature.local.probe;

import org.jspecify.annotations.NullMarked;
