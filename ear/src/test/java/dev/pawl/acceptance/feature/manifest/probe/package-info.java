/** Effects that programs under test ask for. */
@NullMarked
package dev.pawl.acceptance.feature.manifest.probe;

import org.jspecify.annotations.NullMarked;
