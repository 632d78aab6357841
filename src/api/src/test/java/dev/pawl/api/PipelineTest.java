package dev.pawl.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D-02")
class PipelineTest {

    private static final class Named implements Stage<String, String> {
        private final String id;
        private final Set<String> dependencies;

        Named(String id, String... dependencies) {
            this.id = id;
            this.dependencies = Set.of(dependencies);
        }

        @Override
        public String execute(StageContext context, String input) {
            return input;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Set<String> dependsOn() {
            return dependencies;
        }
    }

    static class ExtractHTMLText implements Stage<String, String> {
        @Override
        public String execute(StageContext context, String input) {
            return input;
        }
    }

    static final class ExtractHTMLText$Proxy extends ExtractHTMLText {}

    @Test
    void groupsStandInTheOrderTheyWereAdded() {
        Pipeline<String, String> pipeline = Pipeline.named("doc", String.class)
                .describedAs("Reads documents")
                .version(3)
                .then(new Named("a"))
                .parallel(new Named("b"), new Named("c"), (b, c) -> b + c)
                .then(new Named("d"))
                .build();

        assertThat(pipeline.id()).isEqualTo("doc");
        assertThat(pipeline.description()).isEqualTo("Reads documents");
        assertThat(pipeline.version()).isEqualTo(3);
        assertThat(pipeline.inputType()).isEqualTo(String.class);
        assertThat(pipeline.groups()).extracting(Pipeline.Group::number).containsExactly(0, 1, 2);
        assertThat(pipeline.groups())
                .extracting(group -> group.stages().stream().map(Stage::id).toList())
                .containsExactly(List.of("a"), List.of("b", "c"), List.of("d"));
        assertThat(pipeline.groups().get(1).join()).isNotNull();
        assertThat(pipeline.groups().get(2).join()).isNull();
    }

    @Test
    void aJoinReceivesTheOutputsInTheOrderOfTheStages() {
        Pipeline<String, String> three = Pipeline.named("three", String.class)
                .parallel(new Named("a"), new Named("b"), new Named("c"), (a, b, c) -> a + b + c)
                .build();
        Pipeline<String, String> four = Pipeline.named("four", String.class)
                .parallel(new Named("a"), new Named("b"), new Named("c"), new Named("d"), (a, b, c, d) -> a + b + c + d)
                .build();

        assertThat(joined(three, List.of("1", "2", "3"))).isEqualTo("123");
        assertThat(joined(four, List.of("1", "2", "3", "4"))).isEqualTo("1234");
    }

    private static Object joined(Pipeline<?, ?> pipeline, List<String> outputs) {
        var join = pipeline.groups().get(0).join();
        assertThat(join).isNotNull();
        return join.apply(outputs);
    }

    @Test
    void aMissingDependencyIsAnErrorThatNamesTheIds() {
        assertThatThrownBy(() -> Pipeline.named("doc", String.class)
                        .then(new Named("a"))
                        .then(new Named("b", "a", "z"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'doc'")
                .hasMessageContaining("{b=[z]}")
                .hasMessageContaining("[a]");
    }

    @Test
    void aStageCannotDependOnItsOwnGroup() {
        assertThatThrownBy(() -> Pipeline.named("doc", String.class)
                        .parallel(new Named("a"), new Named("b", "a"))
                        .build())
                .hasMessageContaining("{b=[a]}");
    }

    @Test
    void anIdUsedTwiceIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> Pipeline.named("doc", String.class)
                        .then(new Named("a"))
                        .parallel(new Named("b"), new Named("a"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two stages with the id 'a'");
    }

    @Test
    void aPipelineHasAtLeastOneStage() {
        assertThatThrownBy(() -> Pipeline.named("doc", String.class).build()).hasMessageContaining("no stage");
        assertThatThrownBy(() -> Pipeline.named("doc", String.class).parallel().build())
                .hasMessageContaining("without stages");
    }

    @Test
    void aVersionIsAtLeastOne() {
        assertThatThrownBy(() -> Pipeline.named("doc", String.class).version(0)).hasMessageContaining("at least 1");
    }

    @Test
    void idsAreMadeOfSafeCharacters() {
        for (String id : List.of("", "a b", "ä", "a/b", "-a", "x".repeat(101))) {
            assertThatThrownBy(() -> Pipeline.named(id, String.class)).hasMessageContaining("workflow id");
            assertThatThrownBy(() -> Pipeline.named("doc", String.class)
                            .then(new Named(id))
                            .build())
                    .hasMessageContaining("stage id");
        }
    }

    @Test
    @Tag("D-01")
    void aStagesIdIsItsClassNameInKebabCase() {
        assertThat(new ExtractHTMLText().id()).isEqualTo("extract-html-text");
        assertThat(new ExtractHTMLText().name()).isEqualTo("extract-html-text");
    }

    @Test
    @Tag("D-01")
    void aProxysIdIsThatOfTheClassItStandsFor() {
        assertThat(new ExtractHTMLText$Proxy().id()).isEqualTo("extract-html-text");
    }

    @Test
    @Tag("D-01")
    void anAnonymousStageHasToNameItself() {
        Stage<String, String> anonymous = new Stage<>() {
            @Override
            public String execute(StageContext context, String input) {
                return input;
            }
        };

        assertThatThrownBy(anonymous::id).hasMessageContaining("override id()");
    }

    @Test
    void aBuiltPipelineDoesNotChangeWithItsBuilder() {
        Pipeline.Builder<String, String> builder =
                Pipeline.named("doc", String.class).then(new Named("a"));
        Pipeline<String, String> first = builder.build();

        builder.then(new Named("b")).build();

        assertThat(first.groups()).hasSize(1);
    }
}
