package dev.pawl.api.ai;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A model that stages can call by name. Models are configured by the settings {@code pawl.ai.model.<name>.…}; a CDI bean
 * of this type is one too, and takes the place of a configured one of its name.
 *
 * @param name what prompts call it
 * @param provider the protocol it is reached by: {@code openai} for OpenAI and everything that speaks like it, or
 *     {@code anthropic}
 * @param model what the provider calls it
 * @param baseUrl absent: the provider's own
 * @param apiKey absent: none is sent
 * @param maxTokens longest answer of a prompt that says nothing else
 * @param timeout longest time for an answer to a prompt that says nothing else
 * @param retries how often a call that failed for a passing reason is repeated at once, before the stage's own retries
 * @param schema how the model is told what an object has to look like
 */
public record AiModel(
        String name,
        String provider,
        String model,
        @Nullable String baseUrl,
        @Nullable String apiKey,
        AiPrices prices,
        @Nullable Integer maxTokens,
        Duration timeout,
        int retries,
        Schema schema) {

    /** How a model is told what an object has to look like. */
    public enum Schema {
        /** By a schema that the provider enforces. */
        STRICT,
        /** By a schema that the provider passes on, with what strictness it has. */
        LENIENT,
        /** By words, for servers that know no schemas. */
        PROMPT
    }

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    public static final int DEFAULT_RETRIES = 2;

    private static final int MOST_RETRIES = 10;

    public AiModel {
        if (name.isBlank() || provider.isBlank() || model.isBlank()) {
            throw new IllegalArgumentException("A model has a name, a provider and the provider's name for it");
        }
        if (maxTokens != null && maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens of model '" + name + "' must be at least 1");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout of model '" + name + "' must be longer than nothing");
        }
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new IllegalArgumentException("retries of model '" + name + "' must lie between 0 and 10");
        }
    }

    /** A model without key and price, reached at the provider's own address. */
    public static AiModel of(String name, String provider, String model) {
        return new AiModel(
                name,
                provider,
                model,
                null,
                null,
                AiPrices.FREE,
                null,
                DEFAULT_TIMEOUT,
                DEFAULT_RETRIES,
                Schema.STRICT);
    }

    public AiModel withBaseUrl(String value) {
        return new AiModel(name, provider, model, value, apiKey, prices, maxTokens, timeout, retries, schema);
    }

    public AiModel withApiKey(String value) {
        return new AiModel(name, provider, model, baseUrl, value, prices, maxTokens, timeout, retries, schema);
    }

    public AiModel withPrices(AiPrices value) {
        return new AiModel(name, provider, model, baseUrl, apiKey, value, maxTokens, timeout, retries, schema);
    }

    public AiModel withMaxTokens(int value) {
        return new AiModel(name, provider, model, baseUrl, apiKey, prices, value, timeout, retries, schema);
    }

    public AiModel withTimeout(Duration value) {
        return new AiModel(name, provider, model, baseUrl, apiKey, prices, maxTokens, value, retries, schema);
    }

    public AiModel withRetries(int value) {
        return new AiModel(name, provider, model, baseUrl, apiKey, prices, maxTokens, timeout, value, schema);
    }

    public AiModel withSchema(Schema value) {
        return new AiModel(name, provider, model, baseUrl, apiKey, prices, maxTokens, timeout, retries, value);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "AiModel[" + name + ": " + model + " at " + provider + (baseUrl == null ? "" : " " + baseUrl) + "]";
    }
}
