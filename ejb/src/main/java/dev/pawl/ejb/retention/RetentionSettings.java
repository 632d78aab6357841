package dev.pawl.ejb.retention;

import dev.pawl.engine.retention.Ages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of retention; {@code src/docs/reference/settings.md} tells what each does.
 *
 * @param approvals age of requests for approval that are closed
 * @param schedules age of the last fire of schedules that no program has any more
 * @param interval between two rounds
 * @param batch runs removed in one transaction at most
 */
public record RetentionSettings(
        Ages ages, Optional<Duration> approvals, Optional<Duration> schedules, Duration interval, int batch) {

    /** Makes the settings injectable. */
    @ApplicationScoped
    public static class Reader {
        @Produces
        @Singleton
        RetentionSettings read(Config config) {
            return new RetentionSettings(
                    new Ages(
                            age(config, "completed", days(30)),
                            age(config, "failed", days(90)),
                            age(config, "cancelled", days(30)),
                            age(config, "keys", days(7)),
                            age(config, "dead-letters", days(90)),
                            age(config, "logs", Optional.empty()),
                            age(config, "events", days(30))),
                    age(config, "approvals", days(90)),
                    age(config, "schedules", days(90)),
                    config.getOptionalValue("pawl.retention.interval", Duration.class)
                            .orElse(Duration.ofMinutes(10)),
                    config.getOptionalValue("pawl.retention.batch", Integer.class)
                            .orElse(100));
        }

        /** An empty value says as well as zero that there is no end; a missing one says nothing. */
        private static Optional<Duration> age(Config config, String what, Optional<Duration> usual) {
            String name = "pawl.retention." + what;
            boolean given = config.getConfigValue(name).getRawValue() != null;
            return given ? config.getOptionalValue(name, Duration.class) : usual;
        }

        private static Optional<Duration> days(int days) {
            return Optional.of(Duration.ofDays(days));
        }
    }
}
