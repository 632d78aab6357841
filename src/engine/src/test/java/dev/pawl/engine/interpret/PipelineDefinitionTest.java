package dev.pawl.engine.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.ConfiguredStage;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOutputs;
import dev.pawl.api.config.AiConfig;
import dev.pawl.api.config.FeatureFlags;
import dev.pawl.api.config.StandardConfig;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PipelineDefinitionTest {

    record Limits(int pages, String language) {}

    static final class Words implements Stage<String, List<String>> {
        @Override
        public List<String> execute(StageContext context, String input) {
            return List.of(input.split(" "));
        }
    }

    static final class Count implements Stage<List<String>, Integer> {
        @Override
        public Integer execute(StageContext context, List<String> input) {
            return input.size();
        }
    }

    static final class First implements ConfiguredStage<List<String>, String, Limits> {
        @Override
        public Limits defaults() {
            return new Limits(2, "en");
        }

        @Override
        public String execute(StageContext context, List<String> input, Limits config) {
            return input.get(0);
        }
    }

    /** Its types are declared by a class in between. */
    abstract static class Generic<T> implements Stage<List<T>, T> {}

    static final class OfStrings extends Generic<String> {
        @Override
        public String execute(StageContext context, List<String> input) {
            return input.get(0);
        }
    }

    @Test
    @Tag("D-01")
    void typesAreReadFromTheStagesClasses() {
        PipelineDefinition definition = new PipelineDefinition(Pipeline.named("p", String.class)
                .then(new Words())
                .then(new OfStrings())
                .build());

        assertThat(definition.inputType()).isEqualTo(JsonCodec.type(String.class));
        StageDefinition words = definition.stage("words").orElseThrow();
        assertThat(words.output().toCanonical()).isEqualTo("java.util.List<java.lang.String>");
        assertThat(definition.stage("of-strings").orElseThrow().input()).isEqualTo(words.output());
        assertThat(definition.outputType()).isEqualTo(JsonCodec.type(String.class));
    }

    @Test
    @Tag("D-01")
    void aLambdaDoesNotDeclareItsTypes() {
        Stage<String, String> untyped = new Untyped<>();

        assertThatThrownBy(() -> new PipelineDefinition(Pipeline.named("p", String.class)
                        .then((context, input) -> input)
                        .build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new PipelineDefinition(
                                Pipeline.named("p", String.class).then(untyped).build())
                        .outputType())
                .as("an open type variable reads as anything")
                .isEqualTo(JsonCodec.type(Object.class));
    }

    static final class Untyped<T> implements Stage<T, T> {
        @Override
        public T execute(StageContext context, T input) {
            return input;
        }
    }

    @Test
    @Tag("K-09")
    void aGroupAtTheEndPutsOutAMap() {
        PipelineDefinition definition = new PipelineDefinition(Pipeline.named("p", String.class)
                .then(new Words())
                .parallel(new Count(), new First())
                .build());

        assertThat(definition.outputType()).isEqualTo(JsonCodec.type(StageOutputs.class));
        assertThat(definition.groups()).hasSize(2);
    }

    @Test
    @Tag("D-02")
    void aJoinAtTheEndIsAStageOfItsOwn() {
        PipelineDefinition definition = new PipelineDefinition(Pipeline.named("p", String.class)
                .then(new Words())
                .parallel(new Count(), new First(), (count, first) -> first + count)
                .build());

        assertThat(definition.groups()).hasSize(3);
        assertThat(definition.stage("join")).map(StageDefinition::group).contains(2);
    }

    @Test
    @Tag("D-02")
    void aStageCannotTakeTheNameOfTheJoin() {
        assertThatThrownBy(() -> new PipelineDefinition(Pipeline.named("p", String.class)
                        .then(new Words())
                        .parallel(new Count(), new CalledJoin(), (count, first) -> first + count)
                        .build()))
                .hasMessageContaining("'join'");
    }

    static final class CalledJoin extends Generic<String> {
        @Override
        public String execute(StageContext context, List<String> input) {
            return input.get(0);
        }

        @Override
        public String id() {
            return "join";
        }
    }

    @Test
    @Tag("D-04")
    void configIsCompletedFromTheDefaults() {
        PipelineDefinition definition = new PipelineDefinition(Pipeline.named("p", String.class)
                .then(new Words())
                .then(new First())
                .build());

        assertThat(definition.completeConfig(JsonCodec.object()))
                .isEqualTo(JsonCodec.parse("{\"first\":{\"pages\":2,\"language\":\"en\"}}"));
        var given = JsonCodec.object();
        given.set("first", JsonCodec.parse("{\"language\":\"de\"}"));
        assertThat(definition.completeConfig(given))
                .isEqualTo(JsonCodec.parse("{\"first\":{\"pages\":2,\"language\":\"de\"}}"));
        given.set("words", JsonCodec.object());
        assertThatThrownBy(() -> definition.completeConfig(given))
                .isInstanceOf(UnfitJsonException.class)
                .hasMessageContaining("/words");
    }

    @Test
    void aSubstituteKeepsThePlaceAndTypesOfItsStage() {
        PipelineDefinition definition = new PipelineDefinition(
                Pipeline.named("p", String.class).then(new Words()).build());
        Stage<String, Object> other = new Stage<>() {
            @Override
            public Object execute(StageContext context, String input) {
                return List.of();
            }

            @Override
            public String id() {
                return "words";
            }
        };

        StageDefinition substituted =
                definition.substituting(stage -> other).stage("words").orElseThrow();

        assertThat(substituted.stage()).isSameAs(other);
        assertThat(substituted.output().toCanonical()).isEqualTo("java.util.List<java.lang.String>");
        assertThatThrownBy(() -> definition.substituting(stage -> new Count())).hasMessageContaining("'words'");
    }

    @Test
    void twoDefinitionsUnderOneVersionAreAMistake() {
        PipelineDefinition definition = new PipelineDefinition(
                Pipeline.named("p", String.class).then(new Words()).build());

        assertThatThrownBy(() -> new Definitions(List.of(definition, definition)))
                .hasMessageContaining("'p' version 1 is defined twice");
    }

    static final class Tuned implements ConfiguredStage<String, String, StandardConfig> {
        @Override
        public StandardConfig defaults() {
            return StandardConfig.DEFAULT.withFeatures(FeatureFlags.DEFAULT.with("terse", true));
        }

        @Override
        public String execute(StageContext context, String input, StandardConfig config) {
            return input;
        }
    }

    @Test
    @Tag("D-05")
    void aPartOfAPresetIsLaidOverItsDefaultsAndWhatIsOutOfRangeIsPointedAt() {
        PipelineDefinition definition = new PipelineDefinition(
                Pipeline.named("p", String.class).then(new Tuned()).build());

        ObjectNode complete = definition.completeConfig((ObjectNode)
                JsonCodec.parse("{\"tuned\":{\"ai\":{\"temperature\":2},\"features\":{\"flags\":{\"fast\":true}}}}"));

        assertThat(complete.at("/tuned/ai")).isEqualTo(JsonCodec.toTree(AiConfig.DEFAULT.withTemperature(2)));
        assertThat(complete.at("/tuned/features/flags").toString()).contains("\"fast\":true", "\"terse\":true");
        assertThatThrownBy(() -> definition.completeConfig(
                        (ObjectNode) JsonCodec.parse("{\"tuned\":{\"ai\":{\"temperature\":2.1}}}")))
                .isInstanceOfSatisfying(UnfitJsonException.class, unfit -> assertThat(unfit.errors())
                        .containsExactly(new FieldError("/tuned/ai/temperature", "lies between 0 and 2, was 2.1")));
    }
}
