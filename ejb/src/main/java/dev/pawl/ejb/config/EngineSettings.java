package dev.pawl.ejb.config;

import dev.pawl.engine.work.ListenerSettings;
import dev.pawl.engine.work.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of the engine; {@code src/docs/reference/settings.md} tells what each does.
 *
 * @param node name of this server among those that share a database; absent: made once and kept in the data folder
 * @param dataFolder where the server keeps what survives restarts
 * @param timers whether the server's own timers drive the engine
 * @param clockOffset added to the database's time; tests move it
 */
public record EngineSettings(
        Optional<String> node,
        String dataFolder,
        WorkerSettings worker,
        boolean timers,
        Duration lookInterval,
        int claimBatch,
        int reapBatch,
        Duration repairInterval,
        int relayBatch,
        int relayAttempts,
        ListenerSettings listeners,
        Duration listenerInterval,
        Duration heartbeatInterval,
        int payloadInlineChars,
        Duration stopFinish,
        Duration stopHandBack,
        Duration clockOffset) {

    /** Makes the settings injectable. */
    @ApplicationScoped
    public static class Reader {
        @Produces
        @Singleton
        EngineSettings read(Config config) {
            WorkerSettings usual = WorkerSettings.DEFAULT;
            return new EngineSettings(
                    config.getOptionalValue("pawl.node", String.class),
                    value(config, "pawl.data.dir", "data"),
                    new WorkerSettings(
                            value(config, "pawl.worker.places", usual.places()),
                            value(config, "pawl.worker.lease", usual.leaseFor()),
                            value(config, "pawl.worker.writes-together", usual.writesTogether()),
                            value(config, "pawl.worker.writers", usual.writers())),
                    value(config, "pawl.timers", true),
                    value(config, "pawl.look.interval", Duration.ofSeconds(1)),
                    value(config, "pawl.claim.batch", 100),
                    value(config, "pawl.reap.batch", 100),
                    value(config, "pawl.repair.interval", Duration.ofHours(1)),
                    value(config, "pawl.relay.batch", 200),
                    value(config, "pawl.relay.attempts", 10),
                    new ListenerSettings(
                            value(config, "pawl.listener.places", ListenerSettings.DEFAULT.places()),
                            value(config, "pawl.listener.hold", ListenerSettings.DEFAULT.hold())),
                    value(config, "pawl.listener.interval", Duration.ofSeconds(2)),
                    value(config, "pawl.heartbeat.interval", Duration.ofSeconds(1)),
                    value(config, "pawl.payload.inline-chars", 32_768),
                    value(config, "pawl.stop.finish", Duration.ofSeconds(15)),
                    value(config, "pawl.stop.hand-back", Duration.ofSeconds(5)),
                    value(config, "pawl.test.clock-offset", Duration.ZERO));
        }

        @SuppressWarnings("unchecked")
        private static <T> T value(Config config, String name, T usual) {
            return config.getOptionalValue(name, (Class<T>) usual.getClass()).orElse(usual);
        }
    }
}
