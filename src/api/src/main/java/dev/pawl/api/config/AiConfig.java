package dev.pawl.api.config;

import dev.pawl.api.InvalidMemberException;
import dev.pawl.api.ai.AiPrompt;
import java.time.Duration;

/**
 * How a stage calls a model.
 *
 * @param model the name under which the operator configured it; default {@code default}
 * @param temperature 0 to 2; default 0.7
 * @param maxTokens longest answer, 1 to 1,000,000; default 1,024
 * @param timeout longest time the provider may take, a second to an hour; default 60 s
 * @param repairs how often an answer that does not fit its type is sent back, 0 to 5; default 1
 */
public record AiConfig(String model, double temperature, int maxTokens, Duration timeout, int repairs) {

    public static final AiConfig DEFAULT = new AiConfig("default", 0.7, 1_024, Duration.ofSeconds(60), 1);

    private static final int LONGEST_NAME = 100;

    public AiConfig {
        if (model == null || model.isBlank() || model.length() > LONGEST_NAME) {
            throw new InvalidMemberException("model", "names a model in 1 to " + LONGEST_NAME + " characters");
        }
        Range.check("temperature", temperature, 0.0, 2.0);
        Range.check("maxTokens", maxTokens, 1, 1_000_000);
        Range.check("timeout", timeout, Duration.ofSeconds(1), Duration.ofHours(1));
        Range.check("repairs", repairs, 0, 5);
    }

    public AiConfig withModel(String value) {
        return new AiConfig(value, temperature, maxTokens, timeout, repairs);
    }

    public AiConfig withTemperature(double value) {
        return new AiConfig(model, value, maxTokens, timeout, repairs);
    }

    public AiConfig withMaxTokens(int value) {
        return new AiConfig(model, temperature, value, timeout, repairs);
    }

    public AiConfig withTimeout(Duration value) {
        return new AiConfig(model, temperature, maxTokens, value, repairs);
    }

    public AiConfig withRepairs(int value) {
        return new AiConfig(model, temperature, maxTokens, timeout, value);
    }

    /** One question of a user, asked in this way. */
    public AiPrompt prompt(String text) {
        return AiPrompt.to(model, text)
                .withTemperature(temperature)
                .withMaxTokens(maxTokens)
                .withTimeout(timeout)
                .withRepairs(repairs);
    }
}
