/** A customer's first weeks: a confirmation that may take its time, and a mail a week later. Read {@link
 * dev.pawl.samples.onboarding.CustomerOnboarding} first. */
@NullMarked
package dev.pawl.samples.onboarding;

import org.jspecify.annotations.NullMarked;
