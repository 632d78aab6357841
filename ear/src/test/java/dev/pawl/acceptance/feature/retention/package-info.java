/** What is old goes, and nothing else. */
@NullMarked
package dev.pawl.acceptance.feature.retention;

import org.jspecify.annotations.NullMarked;
