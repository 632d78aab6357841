package dev.pawl.engine.ai;

import dev.pawl.api.NonRetryableException;
import dev.pawl.api.ai.AiModel;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The models that stages can call, and the adapters that lead to them. */
public final class AiModels {

    private final Map<String, AiModel> models = new TreeMap<>();
    private final Map<String, AiProvider> providers = new TreeMap<>();

    /**
     * @param models a later one takes the place of an earlier one of the same name
     * @param providers likewise
     * @throws IllegalArgumentException when a model's provider is not there
     */
    public AiModels(Collection<AiModel> models, Collection<? extends AiProvider> providers) {
        providers.forEach(provider -> this.providers.put(provider.name(), provider));
        models.forEach(model -> this.models.put(model.name(), model));
        this.models.values().forEach(model -> {
            if (!this.providers.containsKey(model.provider())) {
                throw new IllegalArgumentException("The AI model '" + model.name() + "' names the provider '"
                        + model.provider() + "', for which the application has no adapter; there are adapters for "
                        + this.providers.keySet());
            }
        });
    }

    /** @throws NonRetryableException with code {@code AI_MODEL_UNKNOWN}, naming those that are known */
    public AiModel model(String name) {
        AiModel model = models.get(name);
        if (model == null) {
            throw new NonRetryableException(
                    "AI_MODEL_UNKNOWN",
                    "There is no AI model '" + name + "'; known are " + models.keySet()
                            + ". Models are configured by the settings pawl.ai.model.<name>.…");
        }
        return model;
    }

    AiProvider providerOf(AiModel model) {
        AiProvider provider = providers.get(model.provider());
        if (provider == null) {
            throw new IllegalStateException(
                    "The adapter of " + model + " was checked when the models were put together");
        }
        return provider;
    }

    /** The models, by name. */
    public Collection<AiModel> all() {
        return models.values();
    }
}
