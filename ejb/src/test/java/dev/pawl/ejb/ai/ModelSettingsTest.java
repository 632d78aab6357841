package dev.pawl.ejb.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.ai.AiModel;
import dev.pawl.api.ai.AiPrices;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("A-03")
class ModelSettingsTest {

    private static List<AiModel> models(Map<String, String> settings, Map<String, String> environment) {
        return new ModelSettings(config(settings), environment).models();
    }

    private static List<AiModel> models(Map<String, String> settings) {
        return models(settings, Map.of());
    }

    /** The interface is wide, and two of its methods are used. */
    private static Config config(Map<String, String> settings) {
        return (Config) Proxy.newProxyInstance(
                ModelSettingsTest.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPropertyNames" -> settings.keySet();
                    case "getOptionalValue" -> Optional.ofNullable(settings.get(String.valueOf(arguments[0])));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void aModelNeedsNoMoreThanAName() {
        assertThat(models(Map.of("pawl.ai.models", "gpt-4.1-mini")))
                .containsExactly(AiModel.of("gpt-4.1-mini", "openai", "gpt-4.1-mini"));
        assertThat(models(Map.of())).isEmpty();
    }

    @Test
    void everythingOfAModelCanBeSaid() {
        Map<String, String> settings = Map.ofEntries(
                Map.entry("pawl.ai.model.v1.fast.provider", "anthropic"),
                Map.entry("pawl.ai.model.v1.fast.model", "claude-test"),
                Map.entry("pawl.ai.model.v1.fast.base-url", "http://localhost:1/v1"),
                Map.entry("pawl.ai.model.v1.fast.input-price", "0.15"),
                Map.entry("pawl.ai.model.v1.fast.output-price", " 0.60 "),
                Map.entry("pawl.ai.model.v1.fast.embedding-price", "0.02"),
                Map.entry("pawl.ai.model.v1.fast.batch-discount", "0.5"),
                Map.entry("pawl.ai.model.v1.fast.max-tokens", "500"),
                Map.entry("pawl.ai.model.v1.fast.timeout", "PT5S"),
                Map.entry("pawl.ai.model.v1.fast.retries", "0"),
                Map.entry("pawl.ai.model.v1.fast.schema", "prompt"));
        assertThat(models(settings, Map.of("PAWL_AI_MODEL_V1_FAST_API_KEY", "k\n")))
                .containsExactly(new AiModel(
                        "v1.fast",
                        "anthropic",
                        "claude-test",
                        "http://localhost:1/v1",
                        "k",
                        AiPrices.of("0.15", "0.60").withEmbedding("0.02").withBatchDiscount("0.5"),
                        500,
                        Duration.ofSeconds(5),
                        0,
                        AiModel.Schema.PROMPT));
    }

    @Test
    void aKeyComesFromTheEnvironmentOrAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "from-file\n");
        assertThat(models(Map.of("pawl.ai.model.a.api-key-file", file.toString())))
                .extracting(AiModel::apiKey)
                .containsExactly("from-file");
        assertThat(models(Map.of("pawl.ai.model.a.api-key-env", "SHARED"), Map.of("SHARED", "from-shared")))
                .extracting(AiModel::apiKey)
                .containsExactly("from-shared");
        assertThatThrownBy(() -> models(Map.of("pawl.ai.model.a.api-key", "committed")))
                .hasMessageContaining("PAWL_AI_MODEL_A_API_KEY")
                .hasMessageNotContaining("committed");
        assertThatThrownBy(() -> models(Map.of("pawl.ai.model.a.api-key-env", "ABSENT")))
                .hasMessageContaining("ABSENT");
        assertThatThrownBy(() -> models(Map.of(
                        "pawl.ai.model.a.api-key-file", folder.resolve("none").toString())))
                .hasMessageContaining("none");
    }

    @Test
    void aModelOfTheEnvironmentAloneHasToBeListed() {
        Map<String, String> asTheServerListsThem =
                Map.of("pawl.ai.model.a.base.url", "http://x", "pawl.ai.model.a.provider", "openai");
        Map<String, String> environment =
                Map.of("PAWL_AI_MODEL_A_BASE_URL", "http://x", "PAWL_AI_MODEL_A_PROVIDER", "openai");
        assertThat(models(asTheServerListsThem, environment)).isEmpty();
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> models(Map.of("pawl.ai.model.a.input-price", "cheap")))
                .hasMessageContaining("pawl.ai.model.a.input-price")
                .hasMessageContaining("'cheap'");
        assertThatThrownBy(() -> models(Map.of("pawl.ai.model.a.batch-discount", "50")))
                .hasMessageContaining("'a'")
                .hasMessageContaining("batchDiscount");
        assertThatThrownBy(() -> models(Map.of("pawl.ai.model.a.price", "1")))
                .hasMessageContaining("pawl.ai.model.a.price")
                .hasMessageContaining("input-price");
        assertThatThrownBy(() -> models(Map.of("pawl.ai.models", "a b"))).hasMessageContaining("'a b'");
    }
}
