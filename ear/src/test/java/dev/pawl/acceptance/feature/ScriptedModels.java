package dev.pawl.acceptance.feature;

import dev.pawl.ai.wire.ProviderServer;
import dev.pawl.ai.wire.Script;
import java.util.Map;

/**
 * The AI provider of the shared servers, in the tests' own process: it speaks the provider's protocol, and answers as the
 * tests tell it. The model {@code probe} costs 2 per million tokens in, 10 out, 1 embedded, and half of that in a batch.
 */
public final class ScriptedModels {

    /** What stages call the model. */
    public static final String MODEL = "probe";

    private static final ProviderServer SERVER = ProviderServer.start();

    private ScriptedModels() {}

    /** What the model answers; several tests share it, so each uses texts of its own. */
    public static Script script() {
        return SERVER.script();
    }

    public static ProviderServer server() {
        return SERVER;
    }

    /** As an operator configures a model. */
    static Map<String, String> variables() {
        String model = "pawl.ai.model." + MODEL + ".";
        return Map.ofEntries(
                Map.entry("pawl.ai.models", MODEL + ",keyless,letters"),
                Map.entry(model + "provider", "openai"),
                Map.entry(model + "model", "gpt-probe"),
                Map.entry(model + "base-url", SERVER.openAiUrl()),
                Map.entry(model + "api-key", ProviderServer.KEY),
                Map.entry(model + "input-price", "2"),
                Map.entry(model + "output-price", "10"),
                Map.entry(model + "embedding-price", "1"),
                Map.entry(model + "batch-discount", "0.5"),
                Map.entry(model + "retries", "1"),
                Map.entry("pawl.ai.model.keyless.base-url", SERVER.openAiUrl()),
                Map.entry("pawl.ai.model.letters.base-url", SERVER.openAiUrl()),
                Map.entry("pawl.ai.model.letters.api-key", ProviderServer.KEY));
    }
}
