/** Several sources asked side by side, each of which may be out of order. Read {@link dev.pawl.samples.leads.LeadEnrichment}
 * first. */
@NullMarked
package dev.pawl.samples.leads;

import org.jspecify.annotations.NullMarked;
