package dev.pawl.manifest.time;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The times of a cron expression: minute, hour, day of the month, month, day of the week, in UTC. */
public final class CronTimes {
    private final ExecutionTime times;

    private CronTimes(ExecutionTime times) {
        this.times = times;
    }

    /** @throws IllegalArgumentException when the text is no cron expression, saying why */
    public static CronTimes of(String expression) {
        Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression);
        return new CronTimes(ExecutionTime.forCron(cron.validate()));
    }

    /** The last time that is not after this one. */
    Optional<Instant> lastUntil(Instant now) {
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        return times.isMatch(time.withSecond(0).withNano(0))
                ? Optional.of(time.withSecond(0).withNano(0).toInstant())
                : times.lastExecution(time).map(ZonedDateTime::toInstant);
    }

    Optional<Instant> firstAfter(Instant time) {
        return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toInstant);
    }
}
