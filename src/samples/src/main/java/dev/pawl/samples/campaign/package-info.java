/** A loop with pauses of days. Read {@link dev.pawl.samples.campaign.EmailCampaign} first. */
@NullMarked
package dev.pawl.samples.campaign;

import org.jspecify.annotations.NullMarked;
