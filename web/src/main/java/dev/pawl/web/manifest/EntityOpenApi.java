package dev.pawl.web.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import java.util.List;

/**
 * Describes the entities of programs as OpenAPI: a path for each command, with the schema of its input. The same parts go
 * into the server's own document at start and into one of their own at any time.
 */
final class EntityOpenApi {

    private EntityOpenApi() {}

    /** A document that stands for itself. */
    static ObjectNode of(List<Ir> programs) {
        ObjectNode document = JsonCodec.object().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Entities of the deployed programs")
                .put("version", "1");
        document.set("paths", paths(programs));
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        schemas.setAll(schemas(programs));
        ObjectNode result = schemas.putObject("CommandResult").put("type", "object");
        result.putObject("properties").putObject("success").put("type", "boolean");
        return document;
    }

    static ObjectNode paths(List<Ir> programs) {
        ObjectNode paths = JsonCodec.object();
        for (Ir program : programs) {
            for (Entity entity : program.entities()) {
                addEntity(paths, program, entity);
            }
            program.commands().stream()
                    .filter(command -> command.entity() == null)
                    .forEach(command -> addProgramCommand(paths, program, command));
        }
        return paths;
    }

    /** The instances of each entity, by the entity's name. */
    static ObjectNode schemas(List<Ir> programs) {
        ObjectNode schemas = JsonCodec.object();
        for (Ir program : programs) {
            for (Entity entity : program.entities()) {
                schemas.set("Entity." + entity.name(), new TypeSchema(program).ofInstance(entity));
            }
        }
        return schemas;
    }

    private static void addEntity(ObjectNode paths, Ir program, Entity entity) {
        String base = "/api/entities/" + entity.name();
        for (String name : entity.commands()) {
            program.command(entity.name(), name).ifPresent(command -> {
                addCommand(paths, program, entity, command, base + "/{id}/commands/" + name, true);
                addCommand(paths, program, entity, command, base + "/commands/" + name, false);
            });
        }
        if (!entity.commands().contains("create")) {
            ObjectNode create = operation(paths, base + "/commands/create", entity.name() + ".create");
            create.put("summary", "Create an instance of " + entity.name());
            requestBody(create, new TypeSchema(program).ofInput(entity));
        }
    }

    private static void addProgramCommand(ObjectNode paths, Ir program, Command command) {
        ObjectNode operation = operation(paths, "/api/commands/" + command.name(), "commands." + command.name());
        operation.put("summary", "Run " + command.name());
        requestBody(operation, new TypeSchema(program).ofParameters(command));
    }

    private static void addCommand(
            ObjectNode paths, Ir program, Entity entity, Command command, String path, boolean onInstance) {
        String id = entity.name() + "." + command.name() + (onInstance ? "" : ".onNewInstance");
        ObjectNode operation = operation(paths, path, id);
        operation.put(
                "summary",
                onInstance
                        ? "Run " + command.name() + " on an instance of " + entity.name()
                        : "Create an instance of " + entity.name() + " and run " + command.name() + " on it");
        if (onInstance) {
            ObjectNode parameter = operation
                    .putArray("parameters")
                    .addObject()
                    .put("name", "id")
                    .put("in", "path")
                    .put("required", true);
            parameter.putObject("schema").put("type", "string");
        }
        requestBody(operation, new TypeSchema(program).ofParameters(command));
    }

    private static ObjectNode operation(ObjectNode paths, String path, String id) {
        ObjectNode operation = paths.putObject(path).putObject("post");
        operation.putArray("tags").add("entities");
        operation.put("operationId", id);
        ObjectNode responses = operation.putObject("responses");
        for (String status : List.of("200", "403", "404", "409", "422")) {
            ObjectNode response = responses.putObject(status);
            response.put("description", description(status));
            response.putObject("content")
                    .putObject("application/json")
                    .putObject("schema")
                    .put("$ref", "#/components/schemas/CommandResult");
        }
        return operation;
    }

    private static String description(String status) {
        return switch (status) {
            case "200" -> "The command result";
            case "403" -> "A policy refused";
            case "404" -> "There is no such instance or command";
            case "409" -> "A conflict: a version, an id or a key";
            default -> "A guard, a constraint, a transition or the input refused";
        };
    }

    private static void requestBody(ObjectNode operation, ObjectNode schema) {
        operation
                .putObject("requestBody")
                .putObject("content")
                .putObject("application/json")
                .set("schema", schema);
    }
}
