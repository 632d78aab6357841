package dev.pawl.ai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code /messages}, whole and as a stream, and {@code /messages/batches}. */
final class AnthropicEndpoint implements ProviderServer.Endpoint {

    private static final AtomicInteger LAST = new AtomicInteger();

    private final Script script;
    private final Map<String, JsonNode> batches = new ConcurrentHashMap<>();
    private final Map<String, String> results = new ConcurrentHashMap<>();

    AnthropicEndpoint(Script script) {
        this.script = script;
    }

    @Override
    public Reply answer(ProviderServer.Request request) {
        String path = request.path().substring("/anthropic/messages".length());
        if (path.isEmpty()) {
            return message(request.json());
        }
        if (path.equals("/batches")) {
            String id = "msgbatch_" + LAST.incrementAndGet();
            batches.put(id, request.json().path("requests"));
            return Reply.json(batch(id));
        }
        String id = path.split("/")[2];
        return path.endsWith("/results")
                ? Reply.text(results.computeIfAbsent(id, this::results))
                : Reply.json(batch(id));
    }

    private Reply message(JsonNode question) {
        String prompt = prompt(question);
        return script.failure(prompt)
                .orElseGet(() -> question.path("stream").asBoolean()
                        ? stream(question, prompt)
                        : Reply.json(completion(question, prompt)));
    }

    private static String prompt(JsonNode question) {
        StringBuilder all = new StringBuilder();
        append(question.path("system"), all);
        question.path("messages").forEach(message -> append(message.path("content"), all));
        return all.toString().strip();
    }

    private static void append(JsonNode content, StringBuilder all) {
        if (content.isTextual()) {
            all.append(content.asText()).append('\n');
        }
        content.forEach(block -> all.append(block.path("text").asText()).append('\n'));
    }

    private ObjectNode completion(JsonNode question, String prompt) {
        String answer = script.answerTo(prompt);
        ObjectNode body = envelope(question);
        body.withArray("content").addObject().put("type", "text").put("text", answer);
        body.put("stop_reason", script.isCutOff(prompt) ? "max_tokens" : "end_turn");
        body.putObject("usage").put("input_tokens", Script.words(prompt)).put("output_tokens", Script.words(answer));
        return body;
    }

    private static ObjectNode envelope(JsonNode question) {
        ObjectNode body = ProviderServer.JSON.createObjectNode();
        body.put("id", "msg_1").put("type", "message").put("role", "assistant");
        body.put("model", question.path("model").asText());
        body.putArray("content");
        return body;
    }

    private Reply stream(JsonNode question, String prompt) {
        String answer = script.answerTo(prompt);
        List<String> events = new ArrayList<>();
        ObjectNode start = event("message_start");
        ObjectNode message = envelope(question);
        message.putObject("usage").put("input_tokens", Script.words(prompt)).put("output_tokens", 0);
        start.set("message", message);
        events.add(written(start));
        ObjectNode block = event("content_block_start").put("index", 0);
        block.putObject("content_block").put("type", "text").put("text", "");
        events.add(written(block));
        for (String word : answer.split("(?<=\\s)")) {
            ObjectNode delta = event("content_block_delta").put("index", 0);
            delta.putObject("delta").put("type", "text_delta").put("text", word);
            events.add(written(delta));
        }
        events.add(written(event("content_block_stop").put("index", 0)));
        ObjectNode end = event("message_delta");
        end.putObject("delta").put("stop_reason", "end_turn");
        end.putObject("usage").put("output_tokens", Script.words(answer));
        events.add(written(end));
        events.add(written(event("message_stop")));
        return Reply.events(events, false, script.gate(prompt));
    }

    private static ObjectNode event(String type) {
        return ProviderServer.JSON.createObjectNode().put("type", type);
    }

    private static String written(ObjectNode event) {
        return "event: " + event.path("type").asText() + "\ndata: " + event + "\n\n";
    }

    private ObjectNode batch(String id) {
        boolean finished = script.isFinished(String.valueOf(batches.get(id)));
        ObjectNode body = ProviderServer.JSON.createObjectNode();
        body.put("id", id).put("type", "message_batch");
        return body.put("processing_status", finished ? "ended" : "in_progress");
    }

    private String results(String id) {
        ArrayNode lines = ProviderServer.JSON.createArrayNode();
        for (JsonNode request : batches.getOrDefault(id, lines)) {
            String prompt = prompt(request.path("params"));
            ObjectNode line = ProviderServer.JSON.createObjectNode();
            line.set("custom_id", request.path("custom_id"));
            ObjectNode result = line.putObject("result");
            if (script.failure(prompt).isPresent()) {
                result.put("type", "errored")
                        .putObject("error")
                        .put("type", "error")
                        .putObject("error")
                        .put("type", "invalid_request_error")
                        .put("message", "scripted trouble");
            } else {
                result.put("type", "succeeded").set("message", completion(request.path("params"), prompt));
            }
            lines.insert(0, line);
        }
        StringBuilder body = new StringBuilder();
        lines.forEach(line -> body.append(line).append('\n'));
        return body.toString();
    }
}
