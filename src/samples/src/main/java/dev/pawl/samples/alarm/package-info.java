/** A listener: whenever a run fails, somebody is told. Read {@link dev.pawl.samples.alarm.TellOfFailures} first. */
@NullMarked
package dev.pawl.samples.alarm;

import org.jspecify.annotations.NullMarked;
