package dev.pawl.ejb.manifest.job;

import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.port.Aged;
import dev.pawl.manifest.host.LivePrograms;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The last fires of schedules that no program has any more; one that is declared keeps its own, however old. */
record AgedFires(JobRows rows, Dialect dialect, Supplier<LivePrograms> programs, Optional<Duration> age)
        implements Aged {

    @Override
    public String what() {
        return "schedules of programs";
    }

    @Override
    public int remove(Instant before, int most) {
        return rows.forgetFires(dialect, FireSchedules.keys(programs.get()), before, most);
    }
}
