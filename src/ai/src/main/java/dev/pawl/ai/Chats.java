package dev.pawl.ai;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.pawl.engine.ai.AiProvider.Chat;
import dev.pawl.engine.ai.AiProvider.Reply;
import dev.pawl.engine.ai.AiProvider.Schema;
import dev.pawl.engine.ai.AiProviderException;
import dev.pawl.engine.ai.AiProviderException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks LangChain4j's models and reads their answers. */
final class Chats {

    private Chats() {}

    static Reply ask(ChatModel model, Chat chat) {
        return translating(() -> reply(model.chat(request(chat))));
    }

    static Reply stream(StreamingChatModel model, Chat chat, Consumer<String> parts) {
        StreamedReply handler = new StreamedReply(parts);
        translating(() -> {
            model.chat(request(chat), handler);
            return true;
        });
        return handler.result();
    }

    /** What an author's code throws passes as it is. */
    static <T> T translating(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    static AiProviderException translated(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AiProviderException known) {
                return known;
            }
            if (cause instanceof ContentFilteredException) {
                return new AiProviderException(Kind.CONTENT_REFUSED, String.valueOf(cause.getMessage()), thrown);
            }
            if (cause instanceof IOException) {
                return Exchange.lost(cause);
            }
        }
        return new AiProviderException(Kind.UNAVAILABLE, "the answer is not understood: " + thrown, thrown);
    }

    static ChatRequest request(Chat chat) {
        return ChatRequest.builder()
                .messages(messages(chat))
                .temperature(chat.temperature())
                .responseFormat(format(chat.schema()))
                .build();
    }

    private static List<ChatMessage> messages(Chat chat) {
        return chat.messages().stream()
                .map(message -> switch (message.role()) {
                    case SYSTEM -> SystemMessage.from(message.text());
                    case USER -> UserMessage.from(message.text());
                    case ASSISTANT -> AiMessage.from(message.text());
                })
                .toList();
    }

    private static @Nullable ResponseFormat format(@Nullable Schema schema) {
        return schema == null
                ? null
                : ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(schema.name())
                                .rootElement(JsonRawSchema.from(schema.json()))
                                .build())
                        .build();
    }

    static Reply reply(ChatResponse response) {
        String text = response.aiMessage().text();
        TokenUsage usage = response.tokenUsage();
        return new Reply(
                text == null ? "" : text,
                usage == null ? 0 : orZero(usage.inputTokenCount()),
                usage == null ? 0 : orZero(usage.outputTokenCount()),
                response.finishReason() == FinishReason.LENGTH);
    }

    static long orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
