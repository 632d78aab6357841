/**
 * What entity commands leave to the engine: async commands, effects and sagas as runs of built-in workflows, the fires of
 * schedules, and the time of approvals.
 *
 * <p>What such a run has to do, and on whose behalf, stands in a row of its own that only this package writes; a run that
 * somebody starts from outside has none and fails. Read {@link dev.pawl.ejb.manifest.job.StartJobs} first.
 */
@NullMarked
package dev.pawl.ejb.manifest.job;

import org.jspecify.annotations.NullMarked;
