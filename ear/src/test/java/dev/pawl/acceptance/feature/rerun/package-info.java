/** Runs begun once more, retried and repaired. */
@NullMarked
package dev.pawl.acceptance.feature.rerun;

import org.jspecify.annotations.NullMarked;
