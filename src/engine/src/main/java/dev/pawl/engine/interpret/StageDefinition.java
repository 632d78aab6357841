package dev.pawl.engine.interpret;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Configured;
import dev.pawl.api.Stage;
import dev.pawl.engine.json.JsonCodec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stage in its place, with the types its class declares.
 *
 * @param state what a stage that waits for work elsewhere remembers
 */
public record StageDefinition(
        int group,
        int ordinal,
        Stage<?, ?> stage,
        JavaType input,
        JavaType output,
        @Nullable JavaType state) {

    static StageDefinition of(int group, int ordinal, Stage<?, ?> stage) {
        JavaType[] parameters =
                JsonCodec.mapper().getTypeFactory().findTypeParameters(JsonCodec.type(stage.getClass()), Stage.class);
        if (parameters == null || parameters.length != 2) {
            throw new IllegalArgumentException(
                    "Stage '" + stage.id() + "' (" + stage.getClass().getName()
                            + ") does not declare its input and output types; a lambda cannot, a class can");
        }
        JavaType[] batch = JsonCodec.mapper()
                .getTypeFactory()
                .findTypeParameters(JsonCodec.type(stage.getClass()), AsyncBatchStage.class);
        JavaType state = stage instanceof AsyncBatchStage<?, ?, ?> ? batch[2] : null;
        return new StageDefinition(group, ordinal, stage, parameters[0], parameters[1], state);
    }

    /** The same place with other code in it. */
    StageDefinition with(Stage<?, ?> other) {
        if (!other.id().equals(id())) {
            throw new IllegalArgumentException("Stage '" + other.id() + "' cannot take the place of '" + id() + "'");
        }
        return new StageDefinition(group, ordinal, other, input, output, state);
    }

    public String id() {
        return stage.id();
    }

    public String name() {
        return stage.name();
    }

    /** The defaults of a configured stage, as JSON. */
    public Optional<ObjectNode> defaults() {
        return stage instanceof Configured<?> configured
                ? Optional.of((ObjectNode) JsonCodec.toTree(configured.defaults()))
                : Optional.empty();
    }

    /** Laid over the defaults, member by member at every depth, and accepted by the stage's config type. */
    ObjectNode completeConfig(JsonNode given) {
        Configured<?> configured = (Configured<?>) stage;
        ObjectNode complete = (ObjectNode) JsonCodec.toTree(configured.defaults());
        lay(given, complete);
        JavaType type = JsonCodec.type(configured.defaults().getClass());
        return (ObjectNode) JsonCodec.toTree(JsonCodec.bind(complete, type));
    }

    /** An object over an object adds to it; anything else takes its place. */
    private static void lay(JsonNode given, ObjectNode over) {
        given.properties().forEach(member -> {
            if (member.getValue().isObject() && over.get(member.getKey()) instanceof ObjectNode inner) {
                lay(member.getValue(), inner);
            } else {
                over.set(member.getKey(), member.getValue());
            }
        });
    }
}
