package dev.pawl.ai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code /files} and {@code /batches}: a batch is in progress until the script says that it is finished. */
final class OpenAiBatchEndpoint implements ProviderServer.Endpoint {

    private static final AtomicInteger LAST = new AtomicInteger();

    private final Script script;
    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> batches = new ConcurrentHashMap<>();

    OpenAiBatchEndpoint(Script script) {
        this.script = script;
    }

    @Override
    public Reply answer(ProviderServer.Request request) {
        List<String> path = List.of(request.path().substring(1).split("/"));
        boolean isPost = request.method().equals("POST");
        if (path.get(1).equals("files")) {
            return isPost ? upload(request) : content(path.get(2));
        }
        if (path.size() == 2) {
            return isPost ? create(request.json()) : latest();
        }
        ObjectNode batch = batches.get(path.get(2));
        if (batch == null) {
            return Reply.error(404, "No batch found with id '" + path.get(2) + "'");
        }
        if (isPost) {
            batch.put("status", "cancelled");
        }
        return Reply.json(progress(batch));
    }

    private Reply upload(ProviderServer.Request request) {
        String body = request.body();
        if (!body.contains("name=\"purpose\"\r\n\r\nbatch\r\n") || !body.contains("filename=\"batch.jsonl\"")) {
            return Reply.error(400, "a form with purpose and file is expected");
        }
        int begin = body.indexOf("\r\n\r\n", body.indexOf("filename=")) + 4;
        String content = body.substring(begin, body.indexOf("\r\n--", begin));
        String id = "file-" + LAST.incrementAndGet();
        files.put(id, content);
        return Reply.json(ProviderServer.JSON.createObjectNode().put("id", id).put("object", "file"));
    }

    private Reply content(String file) {
        String content = files.get(file);
        return content == null ? Reply.error(404, "No such File object: " + file) : Reply.text(content);
    }

    private Reply latest() {
        ObjectNode list = ProviderServer.JSON.createObjectNode().put("object", "list");
        batches.values().forEach(list.putArray("data")::add);
        return Reply.json(list);
    }

    private Reply create(JsonNode question) {
        String input = question.path("input_file_id").asText();
        if (!files.containsKey(input) || !question.path("endpoint").asText().equals("/v1/chat/completions")) {
            return Reply.error(400, "an uploaded file and an endpoint are expected");
        }
        String id = "batch_" + LAST.incrementAndGet();
        ObjectNode batch = ProviderServer.JSON.createObjectNode();
        batch.put("id", id).put("object", "batch").put("status", "validating").put("input_file_id", input);
        batch.set("metadata", question.path("metadata"));
        batches.put(id, batch);
        return Reply.json(batch);
    }

    private synchronized ObjectNode progress(ObjectNode batch) {
        List<JsonNode> lines =
                lines(files.getOrDefault(batch.path("input_file_id").asText(), ""));
        boolean isOpen = batch.path("output_file_id").isMissingNode()
                && !batch.path("status").asText().equals("cancelled");
        ObjectNode counts = batch.putObject("request_counts").put("total", lines.size());
        if (!isOpen || !script.isFinished(lines.toString())) {
            if (isOpen) {
                batch.put("status", "in_progress");
            }
            return batch;
        }
        StringBuilder output = new StringBuilder();
        StringBuilder errors = new StringBuilder();
        int failed = 0;
        for (JsonNode line : lines) {
            ObjectNode answered = ProviderServer.JSON.createObjectNode();
            answered.put("id", "batch_req_" + LAST.incrementAndGet());
            answered.set("custom_id", line.path("custom_id"));
            boolean refused =
                    script.failure(OpenAiChatEndpoint.prompt(line.path("body"))).isPresent();
            ObjectNode response = answered.putObject("response").put("status_code", refused ? 400 : 200);
            if (refused) {
                response.putObject("body").putObject("error").put("message", "scripted trouble");
                failed++;
            } else {
                response.set("body", OpenAiChatEndpoint.completion(script, line.path("body")));
            }
            answered.putNull("error");
            // answers come in no particular order
            (refused ? errors : output).insert(0, answered + "\n");
        }
        batch.put("status", "completed");
        counts.put("completed", lines.size() - failed).put("failed", failed);
        batch.put("output_file_id", keep(output));
        if (failed > 0) {
            batch.put("error_file_id", keep(errors));
        }
        return batch;
    }

    private String keep(StringBuilder content) {
        String id = "file-" + LAST.incrementAndGet();
        files.put(id, content.toString());
        return id;
    }

    private static List<JsonNode> lines(String content) {
        return content.lines()
                .filter(line -> !line.isBlank())
                .map(line -> {
                    try {
                        return ProviderServer.JSON.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
