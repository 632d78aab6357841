/** What models were asked, and what that cost, over HTTP. */
@NullMarked
package dev.pawl.web.ai;

import org.jspecify.annotations.NullMarked;
