package dev.pawl.api.config;

/**
 * What a stage that works with a model on many pieces usually needs.
 *
 * <pre>{@code
 * class Classify implements ConfiguredStage<Documents, Labels, StandardConfig> {
 *   public StandardConfig defaults() {
 *     return StandardConfig.DEFAULT.withAi(AiConfig.DEFAULT.withTemperature(0));
 *   }
 *   …
 * }
 * }</pre>
 */
public record StandardConfig(AiConfig ai, ConcurrencyConfig concurrency, FeatureFlags features) {

    public static final StandardConfig DEFAULT =
            new StandardConfig(AiConfig.DEFAULT, ConcurrencyConfig.DEFAULT, FeatureFlags.DEFAULT);

    public StandardConfig {
        Present.check("ai", ai);
        Present.check("concurrency", concurrency);
        Present.check("features", features);
    }

    public StandardConfig withAi(AiConfig value) {
        return new StandardConfig(value, concurrency, features);
    }

    public StandardConfig withConcurrency(ConcurrencyConfig value) {
        return new StandardConfig(ai, value, features);
    }

    public StandardConfig withFeatures(FeatureFlags value) {
        return new StandardConfig(ai, concurrency, value);
    }
}
