package dev.pawl.ai;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.pawl.engine.ai.AiProvider.Reply;
import dev.pawl.engine.ai.AiProviderException;
import dev.pawl.engine.ai.AiProviderException.Kind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands parts of an answer on as they arrive, until the end, a failure, or until the receiver wants no more. */
final class StreamedReply implements StreamingChatResponseHandler {

    private final Consumer<String> parts;
    private @Nullable RuntimeException refusal;
    private @Nullable Throwable failure;
    private @Nullable ChatResponse whole;

    StreamedReply(Consumer<String> parts) {
        this.parts = parts;
    }

    @Override
    public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        if (refusal == null) {
            try {
                parts.accept(part.text());
            } catch (RuntimeException e) {
                // LangChain4j would log what its handlers throw, and go on
                refusal = e;
                context.streamingHandle().cancel();
            }
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        whole = response;
    }

    @Override
    public void onError(Throwable thrown) {
        failure = thrown;
    }

    /** @throws RuntimeException what the receiver of the parts threw, or an {@link AiProviderException} */
    Reply result() {
        if (refusal != null) {
            throw refusal;
        }
        if (failure != null) {
            throw Chats.translated(failure);
        }
        ChatResponse response = whole;
        if (response == null) {
            throw new AiProviderException(Kind.UNAVAILABLE, "the stream ended without an answer");
        }
        return Chats.reply(response);
    }
}
