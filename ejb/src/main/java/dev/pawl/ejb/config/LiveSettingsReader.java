package dev.pawl.ejb.config;

import dev.pawl.engine.live.LiveSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** Makes the settings of streams injectable. */
@ApplicationScoped
public class LiveSettingsReader {

    @Produces
    @Singleton
    LiveSettings read(Config config) {
        LiveSettings usual = LiveSettings.DEFAULT;
        return new LiveSettings(
                config.getOptionalValue("pawl.stream.max", Integer.class).orElse(usual.most()),
                config.getOptionalValue("pawl.stream.buffer", Integer.class).orElse(usual.buffer()),
                config.getOptionalValue("pawl.stream.patience", Duration.class).orElse(usual.patience()),
                config.getOptionalValue("pawl.stream.look-interval", Duration.class)
                        .orElse(usual.lookEvery()),
                config.getOptionalValue("pawl.stream.breath-interval", Duration.class)
                        .orElse(usual.breathEvery()));
    }
}
