package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.ConfiguredStage;
import dev.pawl.api.Pipeline;
import dev.pawl.api.StageContext;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunView;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-01")
class StartRunTest {

    record Settings(int limit, String language) {
        Settings {
            if (limit < 1) {
                throw new IllegalArgumentException("limit is at least 1, was " + limit);
            }
        }
    }

    static final class Cut implements ConfiguredStage<Text, Text, Settings> {
        @Override
        public Settings defaults() {
            return new Settings(3, "en");
        }

        @Override
        public Text execute(StageContext context, Text input, Settings config) {
            return new Text(input.value()
                            .substring(0, Math.min(config.limit(), input.value().length()))
                    + config.language());
        }
    }

    private final TestEngine engine = TestEngine.with(
            Flows.line("plain", "a"),
            Pipeline.named("configured", Text.class).then(new Cut()).build(),
            Pipeline.named("versioned", Text.class)
                    .version(2)
                    .then(TextStage.append("a"))
                    .build(),
            Pipeline.named("versioned", Text.class)
                    .version(10)
                    .then(TextStage.append("b"))
                    .build());

    @Test
    void aValidRunIsPendingWithEverythingItsStarterSaid() {
        TestRun run = engine.submit(new CreateRun(
                "plain", null, json("{'value':'hi'}"), null, 7, "order-1", json("{'by':{'team':'billing'},'n':1.50}")));

        RunView view = run.view();
        assertThat(view.status()).isEqualTo(RunStatus.PENDING);
        assertThat(view.input()).isEqualTo(json("{'value':'hi'}"));
        assertThat(view.metadata()).isEqualTo(json("{'by':{'team':'billing'},'n':1.50}"));
        assertThat(view.priority()).isEqualTo(7);
        assertThat(view.correlationId()).isEqualTo("order-1");
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.startedAt()).isNull();
        assertThat(run.eventTypes()).containsExactly("workflow:created");
    }

    @Test
    void whatIsLeftOutHasDefaults() {
        RunView view = engine.submit(Flows.create("plain")).view();

        assertThat(view.priority()).isEqualTo(5);
        assertThat(view.correlationId()).isEqualTo(view.id());
        assertThat(view.principal()).isEqualTo("anonymous");
        assertThat(view.metadata()).isEqualTo(json("{}"));
    }

    @Test
    void theCallersTenantAndNameAreKept() {
        RunId id = engine.node()
                .commands()
                .execute(Envelope.of(Flows.create("plain"), new Caller("acme", "ann")))
                .orThrow()
                .runId();

        assertThat(engine.database().queries().find("acme", id))
                .map(RunView::principal)
                .contains("ann");
        assertThat(engine.database().queries().find(Caller.DEFAULT_TENANT, id)).isEmpty();
    }

    @Test
    void withoutAVersionTheHighestOneRuns() {
        assertThat(engine.start("versioned", Flows.HELLO).output(Text.class)).isEqualTo(new Text("hello+b"));
        TestRun old =
                engine.start(new CreateRun("versioned", 2, JsonCodec.toTree(Flows.HELLO), null, null, null, null));
        assertThat(old.output(Text.class)).isEqualTo(new Text("hello+a"));
    }

    @Test
    void anUnknownWorkflowIsRefusedWithThoseThatAreDeployed() {
        assertRefused(create("nowhere", "{'value':'x'}"), RefusalCode.WORKFLOW_NOT_FOUND, null)
                .hasMessageContaining("'nowhere'")
                .hasMessageContaining("plain [1]")
                .hasMessageContaining("versioned [2, 10]");
    }

    @Test
    void anUnknownVersionIsRefused() {
        assertRefused(
                        new CreateRun("plain", 4, json("{'value':'x'}"), null, null, null, null),
                        RefusalCode.WORKFLOW_NOT_FOUND,
                        null)
                .hasMessageContaining("version 4");
    }

    @Test
    void anInputThatDoesNotFitIsRefusedWithAPointer() {
        assertRefused(create("plain", "{'value':1}"), RefusalCode.INVALID_INPUT, "/input/value");
        assertRefused(create("plain", "{'value':'x','more':1}"), RefusalCode.INVALID_INPUT, "/input/more");
        assertRefused(create("plain", "{'value':'ouch!'}"), RefusalCode.INVALID_INPUT, "/input")
                .hasMessageContaining("a text has no exclamation mark");
        assertRefused(create("plain", "[]"), RefusalCode.INVALID_INPUT, "/input");
        assertRefused(new CreateRun("plain", null, null, null, null, null, null), RefusalCode.INVALID_INPUT, "/input");
    }

    @Test
    @Tag("D-04")
    void settingsAreLaidOverTheDefaultsOfTheirStage() {
        TestRun run = engine.start(configured("{'cut':{'limit':2}}"));

        assertThat(run.view().config()).isEqualTo(json("{'cut':{'limit':2,'language':'en'}}"));
        assertThat(run.output(Text.class)).isEqualTo(new Text("heen"));
    }

    @Test
    @Tag("D-04")
    void withoutSettingsTheDefaultsHold() {
        assertThat(engine.start(configured(null)).output(Text.class)).isEqualTo(new Text("helen"));
    }

    @Test
    @Tag("D-04")
    void settingsThatDoNotFitAreRefusedAtTheStart() {
        assertRefused(configured("{'cut':{'limit':0}}"), RefusalCode.INVALID_CONFIG, "/config/cut")
                .hasMessageContaining("limit is at least 1");
        assertRefused(configured("{'cut':{'limit':'two'}}"), RefusalCode.INVALID_CONFIG, "/config/cut/limit");
        assertRefused(configured("{'cut':{'width':2}}"), RefusalCode.INVALID_CONFIG, "/config/cut/width");
        assertRefused(configured("{'cut':3}"), RefusalCode.INVALID_CONFIG, "/config/cut");
        assertRefused(configured("{'paste':{}}"), RefusalCode.INVALID_CONFIG, "/config/paste")
                .hasMessageContaining("[cut]");
        assertRefused(configured("[]"), RefusalCode.VALIDATION_FAILED, "/config");
    }

    @Test
    void aPriorityOutsideZeroToNineIsRefused() {
        assertRefused(Flows.create("plain", 10), RefusalCode.VALIDATION_FAILED, "/priority");
        assertRefused(Flows.create("plain", -1), RefusalCode.VALIDATION_FAILED, "/priority");
    }

    @Test
    void aCorrelationIdIsNeitherBlankNorEndless() {
        assertRefused(correlated(" "), RefusalCode.VALIDATION_FAILED, "/correlationId");
        assertRefused(correlated("x".repeat(256)), RefusalCode.VALIDATION_FAILED, "/correlationId");
    }

    @Test
    void metadataIsAnObject() {
        assertRefused(
                new CreateRun("plain", null, json("{'value':'x'}"), null, null, null, json("[1]")),
                RefusalCode.VALIDATION_FAILED,
                "/metadata");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(
            CreateRun create, RefusalCode code, @Nullable String pointer) {
        int before = engine.published().size();
        var thrown = assertThatThrownBy(() -> engine.start(create))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.refusal().code()).isEqualTo(code);
                    if (pointer != null) {
                        assertThat(e.refusal().errors())
                                .extracting(FieldError::pointer)
                                .containsExactly(pointer);
                    }
                });
        assertThat(engine.database()
                        .queries()
                        .list(RunFilter.ofTenant(Caller.DEFAULT_TENANT), Optional.empty(), 10)
                        .items())
                .as("nothing is stored")
                .isEmpty();
        assertThat(engine.runUntilIdle().published()).hasSize(before);
        return thrown;
    }

    private static CreateRun create(String workflow, String input) {
        return CreateRun.of(workflow, json(input));
    }

    private static CreateRun configured(@Nullable String config) {
        return new CreateRun(
                "configured",
                null,
                JsonCodec.toTree(Flows.HELLO),
                config == null ? null : json(config),
                null,
                null,
                null);
    }

    private static CreateRun correlated(String id) {
        return new CreateRun("plain", null, json("{'value':'x'}"), null, null, id, null);
    }

    private static JsonNode json(String text) {
        return JsonCodec.parse(text.replace('\'', '"'));
    }
}
