/** An order whose parcels are runs of their own. Read {@link dev.pawl.samples.parcels.ShipOrder} first, then {@link
 * dev.pawl.samples.parcels.DeliverParcel}. */
@NullMarked
package dev.pawl.samples.parcels;

import org.jspecify.annotations.NullMarked;
