package dev.pawl.ai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code POST /embeddings}: the vector of a text is its number of letters and of words. */
final class OpenAiEmbeddingEndpoint implements ProviderServer.Endpoint {

    private final Script script;

    OpenAiEmbeddingEndpoint(Script script) {
        this.script = script;
    }

    @Override
    public Reply answer(ProviderServer.Request request) {
        JsonNode question = request.json();
        String all = question.path("input").toString();
        return script.failure(all).orElseGet(() -> Reply.json(vectors(question)));
    }

    private static ObjectNode vectors(JsonNode question) {
        ObjectNode body = ProviderServer.JSON.createObjectNode();
        body.put("object", "list").put("model", question.path("model").asText());
        ArrayNode data = body.putArray("data");
        int tokens = 0;
        for (JsonNode text : question.path("input")) {
            ObjectNode vector = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            vector.putArray("embedding").add(text.asText().length()).add(Script.words(text.asText()));
            tokens += Script.words(text.asText());
        }
        body.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return body;
    }
}
