package dev.pawl.web.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.EnumType;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Modifier;
import dev.pawl.manifest.ir.Parameter;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.ir.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Types of a program as JSON Schema. */
final class TypeSchema {

    private final Ir program;
    private final Set<String> open = new HashSet<>();

    TypeSchema(Ir program) {
        this.program = program;
    }

    /** The input of a command: what the client sends, without what comes from the server. */
    ObjectNode ofParameters(Command command) {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        for (Parameter parameter : command.parameters()) {
            if (parameter.trustedSource() == null) {
                properties.set(parameter.name(), of(parameter.type()));
            }
        }
        require(
                schema,
                command.parameters().stream()
                        .filter(parameter -> parameter.required()
                                && parameter.defaultValue() == null
                                && parameter.trustedSource() == null)
                        .map(Parameter::name)
                        .toList());
        return schema;
    }

    /** What a caller may give to make an instance. */
    ObjectNode ofInput(Entity entity) {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        entity.properties().forEach(property -> properties.set(property.name(), of(property.type())));
        return schema;
    }

    /** What a reader sees of an instance. */
    ObjectNode ofInstance(Entity entity) {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        entity.properties().stream()
                .filter(property -> !property.is(Modifier.PRIVATE))
                .forEach(property -> properties.set(property.name(), of(property.type())));
        entity.computedProperties()
                .forEach(computed -> properties.putObject(computed.name()).put("readOnly", true));
        return schema;
    }

    private ObjectNode of(Type type) {
        ObjectNode schema = JsonCodec.object();
        Optional<List<String>> words = program.enums().stream()
                .filter(declared -> declared.name().equals(type.name()))
                .map(declared ->
                        declared.values().stream().map(EnumType.Member::name).toList())
                .findFirst();
        if (words.isPresent()) {
            schema.put("type", "string");
            words.get().forEach(schema.putArray("enum")::add);
            return nullable(schema, type);
        }
        switch (type.name()) {
            case "string", "text" -> schema.put("type", "string");
            case "date" -> schema.put("type", "string").put("format", "date");
            case "time" -> schema.put("type", "string").put("format", "time");
            case "number", "float", "double", "decimal", "money", "duration" -> schema.put("type", "number");
            case "datetime", "timestamp" -> schema.put("type", "number").put("description", "Milliseconds since 1970");
            case "int", "integer" -> schema.put("type", "integer");
            case "boolean", "bool" -> schema.put("type", "boolean");
            case "array", "list" -> {
                schema.put("type", "array");
                if (type.generic() != null) {
                    schema.set("items", of(type.generic()));
                }
            }
            case "map", "object" -> schema.put("type", "object");
            default -> addComposite(schema, type);
        }
        return nullable(schema, type);
    }

    /** A value object by its members; one within itself is left open, as is everything else. */
    private void addComposite(ObjectNode schema, Type type) {
        program.values().stream()
                .filter(value -> value.name().equals(type.name()))
                .findFirst()
                .ifPresent(value -> {
                    schema.put("type", "object");
                    if (open.add(value.name())) {
                        ObjectNode properties = schema.putObject("properties");
                        for (Property property : value.properties()) {
                            properties.set(property.name(), of(property.type()));
                        }
                        open.remove(value.name());
                    }
                });
    }

    private static ObjectNode nullable(ObjectNode schema, Type type) {
        if (type.nullable() && schema.has("type")) {
            String name = schema.get("type").asText();
            schema.putArray("type").add(name).add("null");
        }
        return schema;
    }

    private static ObjectNode object() {
        return JsonCodec.object().put("type", "object");
    }

    private static void require(ObjectNode schema, List<String> names) {
        if (!names.isEmpty()) {
            ArrayNode required = schema.putArray("required");
            names.forEach(required::add);
        }
    }
}
