package dev.pawl.ejb.manifest.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.port.Clock;
import dev.pawl.manifest.host.CommandJob;
import dev.pawl.manifest.host.LivePrograms;
import dev.pawl.manifest.ir.Schedule;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.port.DeferredCommands;
import dev.pawl.manifest.time.DueTimes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the commands of schedules that are due. Which of several servers does is decided by a compare-and-set on the time of
 * the last fire, in the transaction that starts the run; what was missed while no server was there is made up for once.
 */
final class FireSchedules {

    private static final Logger LOG = LoggerFactory.getLogger(FireSchedules.class);

    private final LivePrograms programs;
    private final JobRows rows;
    private final StartJobs jobs;
    private final InTransaction transactions;
    private final Clock clock;

    /** Until when there is no need to ask the database, by schedule. */
    private final Map<String, Instant> quiet = new ConcurrentHashMap<>();

    FireSchedules(LivePrograms programs, JobRows rows, StartJobs jobs, InTransaction transactions, Clock clock) {
        this.programs = programs;
        this.rows = rows;
        this.jobs = jobs;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The names under which the fires of these programs' schedules are kept. */
    static List<String> keys(LivePrograms programs) {
        return programs.programs().stream()
                .flatMap(program -> program.ir().schedules().stream().map(schedule -> key(program, schedule)))
                .toList();
    }

    private static String key(LivePrograms.Live program, Schedule schedule) {
        return program.stored().source().name() + "/" + schedule.name();
    }

    /** One look at all schedules; answers how many fired here. */
    int fire() {
        int fired = 0;
        for (LivePrograms.Live program : programs.programs()) {
            for (Schedule schedule : program.ir().schedules()) {
                String key = key(program, schedule);
                try {
                    fired += fire(key, program, schedule) ? 1 : 0;
                } catch (RuntimeException e) {
                    LOG.warn("The schedule {} could not fire; the next look tries again", key, e);
                }
            }
        }
        return fired;
    }

    private boolean fire(String key, LivePrograms.Live program, Schedule schedule) {
        Instant now = clock.now();
        String cached = key + "@" + schedule.trigger();
        if (now.isBefore(quiet.getOrDefault(cached, Instant.MIN))) {
            return false;
        }
        DueTimes times = new DueTimes(schedule.trigger());
        Instant last = transactions.call(() -> rows.lastFire(key, now));
        Optional<Instant> due = times.due(last, now);
        boolean fired = due.isPresent() && transactions.call(() -> start(key, program, schedule, last, due.get()));
        quiet.put(cached, times.next(due.orElse(last)).orElse(Instant.MAX));
        return fired;
    }

    private boolean start(String key, LivePrograms.Live program, Schedule schedule, Instant last, Instant due) {
        if (!rows.takeFire(key, last, due)) {
            return false;
        }
        Caller caller = Caller.anonymous().with("schedule", TextNode.valueOf(schedule.name()));
        CommandCall call = programs.runtime().triggers().scheduled(program.ir(), schedule, caller);
        String flow = "schedule:" + key + ":" + due;
        ObjectNode metadata = JsonCodec.object()
                .put("schedule", schedule.name())
                .put("program", program.stored().source().name())
                .put("due", due.toString())
                .put("command", call.type());
        jobs.start(
                ManifestWorkflows.COMMAND,
                new CommandJob(new DeferredCommands.Job(
                                caller.tenant(),
                                call.entity(),
                                call.command(),
                                call.instanceId(),
                                call.input(),
                                caller.toJson(),
                                flow,
                                flow))
                        .toJson(),
                metadata,
                StartJobs.caller(caller.tenant(), caller.toJson()),
                flow,
                Optional.empty());
        return true;
    }
}
