/**
 * Webhooks: requests from outside that prove themselves by a signature over their bytes and each run one command.
 *
 * <p>Outside of {@code /api}, because a sender knows neither users nor tokens. Read {@link dev.pawl.web.hook.HookServlet}.
 */
@NullMarked
package dev.pawl.web.hook;

import org.jspecify.annotations.NullMarked;
