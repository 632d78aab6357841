package dev.pawl.ejb.ai;

import dev.pawl.api.ai.AiModel;
import dev.pawl.api.ai.AiPrices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Models as the settings {@code pawl.ai.model.<name>.…} describe them. Keys come from the environment or a file, never
 * from a setting that may lie in a repository.
 */
final class ModelSettings {

    private static final String NAMES = "pawl.ai.models";
    private static final String PREFIX = "pawl.ai.model.";
    private static final String KEY = "api-key";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]*");

    private static final Set<String> MEMBERS = Set.of(
            "provider",
            "model",
            "base-url",
            KEY,
            "api-key-env",
            "api-key-file",
            "input-price",
            "output-price",
            "embedding-price",
            "batch-discount",
            "max-tokens",
            "timeout",
            "retries",
            "schema");

    private final Config config;
    private final Map<String, String> environment;

    ModelSettings(Config config, Map<String, String> environment) {
        this.config = config;
        this.environment = environment;
    }

    /** @throws IllegalArgumentException naming the setting that is wrong */
    List<AiModel> models() {
        return names().stream().map(this::model).toList();
    }

    /** The environment spells names in its own way, so models that are described there alone have to be listed. */
    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        config.getOptionalValue(NAMES, String.class).ifPresent(list -> Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(names::add));
        for (String property : config.getPropertyNames()) {
            // servers list what stands in the environment under names they guess, so that no hyphen is left
            if (property.startsWith(PREFIX) && !environment.containsKey(variable(property))) {
                names.add(nameIn(property));
            }
        }
        names.stream().filter(name -> !NAME.matcher(name).matches()).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of an AI model: it must be letters,"
                    + " digits, '.', '_' or '-', and begin with a letter or digit");
        });
        return names;
    }

    private static String nameIn(String property) {
        int dot = property.lastIndexOf('.');
        String member = property.substring(dot + 1);
        if (dot < PREFIX.length() || !MEMBERS.contains(member)) {
            throw new IllegalArgumentException("The setting " + property + " is none of an AI model; known are "
                    + PREFIX + "<name>." + new TreeSet<>(MEMBERS));
        }
        return property.substring(PREFIX.length(), dot);
    }

    private AiModel model(String name) {
        try {
            return new AiModel(
                    name,
                    text(name, "provider").orElse("openai"),
                    text(name, "model").orElse(name),
                    text(name, "base-url").orElse(null),
                    key(name),
                    new AiPrices(
                            price(name, "input-price"),
                            price(name, "output-price"),
                            price(name, "embedding-price"),
                            price(name, "batch-discount")),
                    read(name, "max-tokens", Integer::valueOf).orElse(null),
                    read(name, "timeout", Duration::parse).orElse(AiModel.DEFAULT_TIMEOUT),
                    read(name, "retries", Integer::valueOf).orElse(AiModel.DEFAULT_RETRIES),
                    read(name, "schema", value -> AiModel.Schema.valueOf(value.toUpperCase(Locale.ROOT)))
                            .orElse(AiModel.Schema.STRICT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The AI model '" + name + "' is configured wrongly: " + e.getMessage(), e);
        }
    }

    private BigDecimal price(String name, String member) {
        return read(name, member, BigDecimal::new).orElse(BigDecimal.ZERO);
    }

    private Optional<String> text(String name, String member) {
        return read(name, member, Function.identity());
    }

    private <T> Optional<T> read(String name, String member, Function<String, T> reading) {
        String property = PREFIX + name + "." + member;
        return config.getOptionalValue(property, String.class)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> {
                    try {
                        return reading.apply(value);
                    } catch (RuntimeException e) {
                        throw new IllegalArgumentException(
                                "'" + value + "' does not fit " + property + " (" + e.getMessage() + ")", e);
                    }
                });
    }

    private @Nullable String key(String name) {
        String own = environment.get(variable(PREFIX + name + "." + KEY));
        if (own != null) {
            return own.strip();
        }
        if (text(name, KEY).isPresent()) {
            throw new IllegalArgumentException("a key is no setting; put it into the environment variable "
                    + variable(PREFIX + name + "." + KEY) + ", or into a file that " + PREFIX + name
                    + ".api-key-file names");
        }
        Optional<String> shared = text(name, "api-key-env");
        if (shared.isPresent()) {
            String value = environment.get(shared.get());
            if (value == null) {
                throw new IllegalArgumentException("there is no environment variable " + shared.get() + ", which "
                        + PREFIX + name + ".api-key-env names");
            }
            return value.strip();
        }
        return text(name, "api-key-file").map(ModelSettings::content).orElse(null);
    }

    private static String content(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + file + " with its key cannot be read: " + e, e);
        }
    }

    /** As MicroProfile Config spells a setting in the environment. */
    private static String variable(String property) {
        return property.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
