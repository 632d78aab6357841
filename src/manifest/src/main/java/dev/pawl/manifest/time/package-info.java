/**
 * When schedules are due: cron expressions of five fields, in UTC, and intervals.
 *
 * <p>Arithmetic alone: nothing here knows a clock or starts anything. Read {@link dev.pawl.manifest.time.DueTimes}.
 */
@NullMarked
package dev.pawl.manifest.time;

import org.jspecify.annotations.NullMarked;
