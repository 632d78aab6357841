package dev.pawl.ejb.ai;

import dev.pawl.api.ai.AiModel;
import dev.pawl.engine.ai.AiCalls;
import dev.pawl.engine.ai.AiModels;
import dev.pawl.engine.ai.AiProvider;
import dev.pawl.engine.port.AiCallLog;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the models together once, at start; a model that is configured wrongly stops the application with its message. */
@ApplicationScoped
public class AiAssembly {

    private static final Logger LOG = LoggerFactory.getLogger(AiAssembly.class);

    @Produces
    @Singleton
    AiModels models(Config config, @Any Instance<AiModel> beans, @Any Instance<AiProvider> providers) {
        List<AiModel> models = new ArrayList<>(new ModelSettings(config, System.getenv()).models());
        beans.forEach(models::add);
        List<AiProvider> adapters = new ArrayList<>();
        // by the application's own class loader: that of the thread is whoever's came first
        ServiceLoader.load(AiProvider.class, AiAssembly.class.getClassLoader()).forEach(adapters::add);
        providers.forEach(adapters::add);
        AiModels all = new AiModels(models, adapters);
        LOG.info("AI models: {}", all.all());
        return all;
    }

    @Produces
    @Singleton
    AiCalls calls(
            AiModels models,
            AiCallLog log,
            Clock clock,
            Ids ids,
            @ConfigProperty(name = "pawl.ai.log.max-chars", defaultValue = "32768") int longestText) {
        return new AiCalls(models, log, clock, ids, longestText);
    }
}
