package dev.pawl.ejb.manifest.job;

import dev.pawl.engine.work.Maintenance;
import dev.pawl.engine.work.TickPart;
import dev.pawl.manifest.host.LivePrograms;

/** What programs have done by time: schedules that are due, and requests for approval whose time is over. */
final class ManifestRounds implements TickPart {

    private static final int AT_ONCE = 100;

    private final LivePrograms programs;
    private final FireSchedules schedules;

    ManifestRounds(LivePrograms programs, FireSchedules schedules) {
        this.programs = programs;
        this.schedules = schedules;
    }

    /** Answers how many schedules fired here. */
    int fire() {
        return schedules.fire();
    }

    /** Answers how many requests were brought to their end here. */
    int expire() {
        return hasApprovals() ? programs.runtime().approvals().expire(AT_ONCE) : 0;
    }

    @Override
    public Maintenance.TickCounts once() {
        return new Maintenance.TickCounts(0, 0, 0, 0, fire(), expire());
    }

    private boolean hasApprovals() {
        return programs.programs().stream()
                .flatMap(program -> program.ir().entities().stream())
                .anyMatch(entity -> !entity.approvals().isEmpty());
    }
}
