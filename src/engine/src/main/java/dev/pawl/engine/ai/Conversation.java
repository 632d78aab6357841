package dev.pawl.engine.ai;

import dev.pawl.api.ai.AiMessage;
import dev.pawl.api.ai.AiModel;
import dev.pawl.api.ai.AiPrompt;
import dev.pawl.engine.ai.AnswerSchemas.AnswerSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes what a provider is asked of what an author wrote. */
final class Conversation {

    private Conversation() {}

    static AiProvider.Chat chat(AiPrompt prompt, AiModel model, @Nullable AnswerSchema schema) {
        boolean inWords = schema != null && model.schema() == AiModel.Schema.PROMPT;
        List<AiMessage> messages = new ArrayList<>(prompt.messages());
        if (schema != null && inWords) {
            messages.add(0, AiMessage.system(wanted(schema)));
        }
        Duration timeout = prompt.timeout();
        return new AiProvider.Chat(
                model,
                messages,
                prompt.temperature(),
                prompt.maxTokens() == null ? model.maxTokens() : prompt.maxTokens(),
                timeout == null ? model.timeout() : timeout,
                schema == null || inWords ? null : schema.told());
    }

    /** The same conversation after an answer that did not fit. */
    static AiPrompt repaired(AiPrompt prompt, String answer, String why) {
        return prompt.then(AiMessage.assistant(answer.isEmpty() ? "{}" : answer))
                .then(AiMessage.user("That answer does not fit: " + why
                        + ". Answer again, with nothing but one JSON object that fits the schema."));
    }

    private static String wanted(AnswerSchema schema) {
        return "Answer with nothing but one JSON object that fits this JSON Schema: "
                + schema.told().json();
    }

    /** As people read it in the log. */
    static String written(List<AiMessage> messages) {
        return messages.stream()
                .map(message -> "[" + message.role().name().toLowerCase(Locale.ROOT) + "] " + message.text())
                .collect(Collectors.joining("\n\n"));
    }
}
