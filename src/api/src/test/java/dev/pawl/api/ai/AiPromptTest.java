package dev.pawl.api.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A-01")
class AiPromptTest {

    private static final AiPrompt PROMPT = AiPrompt.to("fast", "hello");

    @Test
    void whoeverWroteTheApplicationSpeaksFirst() {
        assertThat(PROMPT.withSystem("be brief").then(AiMessage.assistant("hi")).messages())
                .containsExactly(AiMessage.system("be brief"), AiMessage.user("hello"), AiMessage.assistant("hi"));
    }

    @Test
    void temperaturesLieBetweenNoughtAndTwo() {
        assertThat(PROMPT.withTemperature(2).temperature()).isEqualTo(2);
        assertThatThrownBy(() -> PROMPT.withTemperature(2.1)).hasMessageContaining("2.1");
        assertThatThrownBy(() -> PROMPT.withTemperature(Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void limitsAreAtLeastSomething() {
        assertThatThrownBy(() -> PROMPT.withMaxTokens(0)).hasMessageContaining("maxTokens");
        assertThatThrownBy(() -> PROMPT.withTimeout(Duration.ZERO)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> PROMPT.withRepairs(6)).hasMessageContaining("repairs");
        assertThatThrownBy(() -> AiPrompt.of("fast", List.of())).hasMessageContaining("message");
    }

    @Test
    void topicsArePaths() {
        for (String topic : List.of("a", "docs/summary", "flow.stage", "a:b/c.d-e_f")) {
            assertThat(PROMPT.withTopic(topic).topic()).isEqualTo(topic);
        }
        for (String topic : List.of("", "/a", "a/", "a//b", "a b", "a%", "x".repeat(201))) {
            assertThatThrownBy(() -> PROMPT.withTopic(topic)).as(topic).hasMessageContaining("topic");
        }
    }

    @Test
    void aBatchIsForOneModelAndItsIdsArePlain() {
        AiBatchRequest batch = AiBatchRequest.of("fast").with("doc-1", PROMPT);
        assertThat(batch.with("doc-1", PROMPT.withMaxTokens(1)).prompts()).hasSize(1);
        assertThatThrownBy(() -> batch.with("doc 2", PROMPT)).hasMessageContaining("'doc 2'");
        assertThatThrownBy(() -> batch.with("b", AiPrompt.to("smart", "x"))).hasMessageContaining("'smart'");
    }
}
