/** Beans of an application that use entities. */
@NullMarked
package dev.pawl.acceptance.feature.manifest.module;

import org.jspecify.annotations.NullMarked;
