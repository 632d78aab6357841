package dev.pawl.api.config;

/** As {@link StandardConfig}, with what helps to find a mistake. */
public record FullConfig(AiConfig ai, ConcurrencyConfig concurrency, FeatureFlags features, DebugConfig debug) {

    public static final FullConfig DEFAULT =
            new FullConfig(AiConfig.DEFAULT, ConcurrencyConfig.DEFAULT, FeatureFlags.DEFAULT, DebugConfig.DEFAULT);

    public FullConfig {
        Present.check("ai", ai);
        Present.check("concurrency", concurrency);
        Present.check("features", features);
        Present.check("debug", debug);
    }

    public FullConfig withAi(AiConfig value) {
        return new FullConfig(value, concurrency, features, debug);
    }

    public FullConfig withConcurrency(ConcurrencyConfig value) {
        return new FullConfig(ai, value, features, debug);
    }

    public FullConfig withFeatures(FeatureFlags value) {
        return new FullConfig(ai, concurrency, value, debug);
    }

    public FullConfig withDebug(DebugConfig value) {
        return new FullConfig(ai, concurrency, features, value);
    }
}
