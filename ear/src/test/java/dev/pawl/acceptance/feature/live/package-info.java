/** What happens, seen while it happens, and callers that wait without a thread. */
@NullMarked
package dev.pawl.acceptance.feature.live;

import org.jspecify.annotations.NullMarked;
