/** What happens while the database or the broker is away, and after. Each test stops its own. */
@NullMarked
package dev.pawl.acceptance.outage;

import org.jspecify.annotations.NullMarked;
