package dev.pawl.web.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.host.ShippedPrograms;
import dev.pawl.manifest.ir.Ir;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Puts the commands of the programs that come with the application into the server's OpenAPI document, which the server makes
 * once, at its start. Programs deployed later are in the document of {@link ManifestResource#openApi()}.
 */
public class EntityPaths implements OASFilter {

    private static final String JSON = "application/json";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        List<Ir> programs = new ShippedPrograms(Thread.currentThread().getContextClassLoader())
                .all().stream()
                        .flatMap(program -> ManifestCompiler.compile(program.text(), program.grammar()).ir().stream())
                        .toList();
        EntityOpenApi.schemas(programs).properties().forEach(schema -> document.getComponents()
                .addSchema(schema.getKey(), schema(schema.getValue())));
        EntityOpenApi.paths(programs).properties().forEach(path -> document.getPaths()
                .addPathItem(path.getKey(), path(path.getValue().get("post"))));
    }

    private static PathItem path(JsonNode post) {
        Operation operation = OASFactory.createOperation()
                .operationId(post.get("operationId").asText())
                .summary(post.path("summary").asText())
                .addTag("entities")
                .requestBody(OASFactory.createRequestBody()
                        .content(content(schema(post.at("/requestBody/content/application~1json/schema")))));
        post.path("parameters").forEach(parameter -> operation.addParameter(parameter(parameter)));
        APIResponses responses = OASFactory.createAPIResponses();
        for (Map.Entry<String, JsonNode> response : post.get("responses").properties()) {
            responses.addAPIResponse(
                    response.getKey(),
                    OASFactory.createAPIResponse()
                            .description(response.getValue().get("description").asText())
                            .content(content(OASFactory.createSchema().ref("#/components/schemas/CommandResult"))));
        }
        return OASFactory.createPathItem().POST(operation.responses(responses));
    }

    private static Parameter parameter(JsonNode json) {
        return OASFactory.createParameter()
                .name(json.get("name").asText())
                .in(Parameter.In.PATH)
                .required(true)
                .schema(schema(json.get("schema")));
    }

    private static Content content(Schema schema) {
        return OASFactory.createContent()
                .addMediaType(JSON, OASFactory.createMediaType().schema(schema));
    }

    private static Schema schema(JsonNode json) {
        Schema schema = OASFactory.createSchema();
        JsonNode type = json.path("type");
        if (type.isTextual()) {
            schema.addType(type(type));
        }
        type.forEach(one -> schema.addType(type(one)));
        text(json, "format", schema::setFormat);
        text(json, "description", schema::setDescription);
        if (json.has("readOnly")) {
            schema.readOnly(true);
        }
        json.path("enum").forEach(word -> schema.addEnumeration(word.asText()));
        json.path("required").forEach(name -> schema.addRequired(name.asText()));
        if (json.has("items")) {
            schema.items(schema(json.get("items")));
        }
        List<Map.Entry<String, JsonNode>> properties =
                new ArrayList<>(json.path("properties").properties());
        properties.forEach(property -> schema.addProperty(property.getKey(), schema(property.getValue())));
        return schema;
    }

    private static Schema.SchemaType type(JsonNode name) {
        return Schema.SchemaType.valueOf(name.asText().toUpperCase(java.util.Locale.ROOT));
    }

    private static void text(JsonNode json, String member, java.util.function.Consumer<String> set) {
        if (json.has(member)) {
            set.accept(json.get(member).asText());
        }
    }
}
