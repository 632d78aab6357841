package dev.pawl.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.ai.AiBatchStatus;
import dev.pawl.api.ai.AiBatchStatus.State;
import dev.pawl.api.ai.AiMessage;
import dev.pawl.api.ai.AiModel;
import dev.pawl.engine.ai.AiProvider.Chat;
import dev.pawl.engine.ai.AiProvider.Item;
import dev.pawl.engine.ai.AiProvider.Outcome;
import dev.pawl.engine.ai.AiProvider.Reply;
import dev.pawl.engine.ai.AiProvider.Schema;
import dev.pawl.engine.ai.AiProviderException;
import dev.pawl.engine.ai.AiProviderException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * OpenAI's batches, which LangChain4j's light client does not speak: a file of questions goes up, a batch is made of it,
 * and files of answers and errors come down.
 */
final class OpenAiBatches {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDPOINT = "/v1/chat/completions";
    private static final String WINDOW = "24h";

    /** Under which a batch keeps what it was submitted for. */
    private static final String KEY = "pawl_key";

    private static final Set<String> IN_VAIN = Set.of("failed", "expired", "cancelling", "cancelled");

    private final Exchange exchange;

    OpenAiBatches(Exchange exchange) {
        this.exchange = exchange;
    }

    String submit(AiModel model, String key, List<Item> items) {
        String file = required(upload(model, questions(items)), "id");
        ObjectNode batch = JSON.createObjectNode();
        batch.put("input_file_id", file);
        batch.put("endpoint", ENDPOINT);
        batch.put("completion_window", WINDOW);
        batch.putObject("metadata").put(KEY, key);
        HttpRequest.Builder question = to(model, "/batches")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(batch.toString()));
        return required(json(exchange.read(question, patience(model, false))), "id");
    }

    /** Among the latest; many a server that speaks the protocol has no list of them. */
    Optional<String> find(AiModel model, String key) {
        try {
            JsonNode latest = json(exchange.read(to(model, "/batches?limit=100").GET(), patience(model, true)));
            for (JsonNode batch : latest.path("data")) {
                if (batch.path("metadata").path(KEY).asText().equals(key)
                        && !IN_VAIN.contains(batch.path("status").asText())) {
                    return Optional.of(required(batch, "id"));
                }
            }
            return Optional.empty();
        } catch (AiProviderException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.REJECTED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    AiBatchStatus status(AiModel model, String batch) {
        return status(model, fetch(model, batch));
    }

    private static AiBatchStatus status(AiModel model, JsonNode found) {
        JsonNode counts = found.path("request_counts");
        return new AiBatchStatus(
                state(model, found.path("status").asText()),
                counts.path("total").asLong(),
                counts.path("completed").asLong(),
                counts.path("failed").asLong());
    }

    private static State state(AiModel model, String status) {
        return switch (status) {
            case "validating", "in_progress", "finalizing", "cancelling" -> State.IN_PROGRESS;
            case "completed" -> State.COMPLETED;
            case "failed" -> State.FAILED;
            case "expired" -> State.EXPIRED;
            case "cancelled" -> State.CANCELLED;
            default ->
                throw new AiProviderException(
                        Kind.UNAVAILABLE, "the batch has the unknown status '" + status + "' at " + model);
        };
    }

    List<Outcome> results(AiModel model, String batch) {
        JsonNode found = fetch(model, batch);
        if (status(model, found).state() == State.FAILED) {
            throw new AiProviderException(Kind.REJECTED, "the provider refused the batch: " + found.at("/errors/data"));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (String file : List.of("output_file_id", "error_file_id")) {
            String id = found.path(file).asText("");
            if (!id.isEmpty()) {
                outcomes.addAll(download(model, id));
            }
        }
        return outcomes;
    }

    void cancel(AiModel model, String batch) {
        exchange.read(to(model, "/batches/" + batch + "/cancel").POST(BodyPublishers.noBody()), patience(model, true));
    }

    private JsonNode fetch(AiModel model, String batch) {
        return json(exchange.read(to(model, "/batches/" + batch).GET(), patience(model, true)));
    }

    private JsonNode upload(AiModel model, String questions) {
        String boundary = "pawl-" + UUID.randomUUID();
        String form = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--"
                + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"batch.jsonl\"\r\n"
                + "Content-Type: application/jsonl\r\n\r\n" + questions + "\r\n--" + boundary + "--\r\n";
        HttpRequest.Builder question = to(model, "/files")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString(form));
        return json(exchange.read(question, patience(model, true)));
    }

    private static String questions(List<Item> items) {
        StringBuilder lines = new StringBuilder();
        for (Item item : items) {
            ObjectNode line = JSON.createObjectNode();
            line.put("custom_id", item.id());
            line.put("method", "POST");
            line.put("url", ENDPOINT);
            line.set("body", question(item.chat()));
            lines.append(line).append('\n');
        }
        return lines.toString();
    }

    private static ObjectNode question(Chat chat) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", chat.model().model());
        for (AiMessage message : chat.messages()) {
            body.withArray("messages")
                    .addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", message.text());
        }
        if (chat.temperature() != null) {
            body.put("temperature", chat.temperature());
        }
        if (chat.maxTokens() != null) {
            body.put(OpenAiProvider.isOpenAi(chat.model()) ? "max_completion_tokens" : "max_tokens", chat.maxTokens());
        }
        Schema schema = chat.schema();
        if (schema != null) {
            ObjectNode format = body.putObject("response_format");
            format.put("type", "json_schema");
            format.putObject("json_schema")
                    .put("name", schema.name())
                    .put("strict", chat.model().schema() == AiModel.Schema.STRICT)
                    .set("schema", json(schema.json()));
        }
        return body;
    }

    private List<Outcome> download(AiModel model, String file) {
        List<Outcome> outcomes = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                exchange.open(to(model, "/files/" + file + "/content").GET(), patience(model, true)),
                StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                if (!line.isBlank()) {
                    outcomes.add(outcome(json(line)));
                }
                line = lines.readLine();
            }
            return outcomes;
        } catch (IOException e) {
            throw Exchange.lost(e);
        }
    }

    private static Outcome outcome(JsonNode line) {
        String item = required(line, "custom_id");
        JsonNode response = line.path("response");
        int status = response.path("status_code").asInt();
        JsonNode body = response.path("body");
        if (status / 100 == 2) {
            JsonNode choice = body.path("choices").path(0);
            JsonNode usage = body.path("usage");
            return Outcome.answered(
                    item,
                    new Reply(
                            choice.at("/message/content").asText(""),
                            usage.path("prompt_tokens").asLong(),
                            usage.path("completion_tokens").asLong(),
                            choice.path("finish_reason").asText().equals("length")));
        }
        String message =
                body.at("/error/message").asText(line.at("/error/message").asText("no answer"));
        return Outcome.failed(item, new AiProviderException(status >= 500 ? Kind.UNAVAILABLE : Kind.REJECTED, message));
    }

    private static HttpRequest.Builder to(AiModel model, String path) {
        HttpRequest.Builder question = Connection.to(OpenAiProvider.url(model) + path);
        return model.apiKey() == null ? question : question.header("Authorization", "Bearer " + model.apiKey());
    }

    private static Exchange.Patience patience(AiModel model, boolean repeatsLost) {
        return new Exchange.Patience(model.timeout(), model.retries(), repeatsLost);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AiProviderException(Kind.UNAVAILABLE, "the answer is not understood: " + e.getMessage(), e);
        }
    }

    private static String required(JsonNode json, String member) {
        String value = json.path(member).asText("");
        if (value.isEmpty()) {
            throw new AiProviderException(Kind.UNAVAILABLE, "the answer has no '" + member + "': " + json);
        }
        return value;
    }
}
