/** Workflows with stages that wait. */
@NullMarked
package dev.pawl.acceptance.feature.suspend.probe;

import org.jspecify.annotations.NullMarked;
