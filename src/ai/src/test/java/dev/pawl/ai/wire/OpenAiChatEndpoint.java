package dev.pawl.ai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code POST /chat/completions}, whole and as a stream of server-sent events. */
final class OpenAiChatEndpoint implements ProviderServer.Endpoint {

    private static final long LONGEST_WAIT_SECONDS = 60;

    private final Script script;

    OpenAiChatEndpoint(Script script) {
        this.script = script;
    }

    @Override
    public Reply answer(ProviderServer.Request request) {
        JsonNode question = request.json();
        String prompt = prompt(question);
        return script.failure(prompt).orElseGet(() -> {
            if (question.path("stream").asBoolean()) {
                return stream(question, prompt);
            }
            pass(script.gate(prompt));
            return Reply.json(completion(script, question));
        });
    }

    static String prompt(JsonNode question) {
        StringBuilder all = new StringBuilder();
        question.path("messages")
                .forEach(message -> all.append(message.path("content").asText()).append('\n'));
        return all.toString().strip();
    }

    static ObjectNode completion(Script script, JsonNode question) {
        String prompt = prompt(question);
        String answer = script.answerTo(prompt);
        ObjectNode body = ProviderServer.JSON.createObjectNode();
        body.put("id", "chatcmpl-1").put("object", "chat.completion").put("created", 1_700_000_000);
        body.put("model", question.path("model").asText());
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", script.isCutOff(prompt) ? "length" : "stop");
        choice.putObject("message").put("role", "assistant").put("content", answer);
        usage(body.putObject("usage"), prompt, answer);
        return body;
    }

    private static void usage(ObjectNode usage, String prompt, String answer) {
        int in = Script.words(prompt);
        int out = Script.words(answer);
        usage.put("prompt_tokens", in).put("completion_tokens", out).put("total_tokens", in + out);
    }

    private Reply stream(JsonNode question, String prompt) {
        String answer = script.answerTo(prompt);
        List<String> events = new ArrayList<>();
        for (String word : answer.split("(?<=\\s)")) {
            ObjectNode chunk = chunk(question);
            chunk.withArray("choices")
                    .addObject()
                    .put("index", 0)
                    .putObject("delta")
                    .put("content", word);
            events.add(event(chunk));
        }
        if (script.breaksOff(prompt)) {
            return Reply.events(events.subList(0, events.size() / 2), true, null);
        }
        ObjectNode end = chunk(question);
        end.withArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", "stop")
                .putObject("delta");
        events.add(event(end));
        if (question.at("/stream_options/include_usage").asBoolean()) {
            ObjectNode last = chunk(question);
            last.putArray("choices");
            usage(last.putObject("usage"), prompt, answer);
            events.add(event(last));
        }
        events.add("data: [DONE]\n\n");
        return Reply.events(events, false, script.gate(prompt));
    }

    private static ObjectNode chunk(JsonNode question) {
        ObjectNode chunk = ProviderServer.JSON.createObjectNode();
        chunk.put("id", "chatcmpl-1").put("object", "chat.completion.chunk").put("created", 1_700_000_000);
        return chunk.put("model", question.path("model").asText());
    }

    private static String event(ObjectNode chunk) {
        return "data: " + chunk + "\n\n";
    }

    private static void pass(@org.jspecify.annotations.Nullable CountDownLatch gate) {
        try {
            if (gate != null && !gate.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
