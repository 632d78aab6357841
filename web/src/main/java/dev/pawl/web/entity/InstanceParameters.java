package dev.pawl.web.entity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.runtime.InstanceQuery;
import dev.pawl.web.TextParameter;
import dev.pawl.web.problem.RequestException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters of a list of instances. */
record InstanceParameters(InstanceQuery query) {

    private static final Set<String> OWN = Set.of("limit", "cursor", "include");
    private static final Set<String> NUMBERS = Set.of(
            "number",
            "float",
            "double",
            "decimal",
            "money",
            "int",
            "integer",
            "bigint",
            "datetime",
            "timestamp",
            "duration");

    static InstanceParameters read(Entity entity, MultivaluedMap<String, String> parameters) {
        int limit = (int) TextParameter.number(
                "limit", parameters.getFirst("limit"), InstanceQuery.DEFAULT_LIMIT, 1, InstanceQuery.MAX_LIMIT);
        Map<String, JsonNode> equal = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            if (!OWN.contains(parameter.getKey())) {
                String value = parameter.getValue().get(0);
                equal.put(parameter.getKey(), value(entity, parameter.getKey(), value));
            }
        }
        return new InstanceParameters(InstanceQuery.of(entity.name())
                .where(equal)
                .page(after(parameters.getFirst("cursor")), limit)
                .including(include(parameters)));
    }

    static Set<String> include(MultivaluedMap<String, String> parameters) {
        Set<String> include = new LinkedHashSet<>();
        for (String names : parameters.getOrDefault("include", List.of())) {
            for (String name : names.split(",")) {
                if (!name.isBlank()) {
                    include.add(name.strip());
                }
            }
        }
        return include;
    }

    static String cursor(String lastId) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(lastId.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String after(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            return TextParameter.text(
                    "cursor", new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw RequestException.parameter("cursor", "the member next of the part before is expected");
        }
    }

    /** A value in the type its property has. */
    private static JsonNode value(Entity entity, String name, String value) {
        if (value.equals("null")) {
            return NullNode.getInstance();
        }
        String type = entity.property(name)
                .map(Property::type)
                .map(declared -> declared.name())
                .orElse(name.equals(entity.versionProperty()) ? "number" : "string");
        if (NUMBERS.contains(type)) {
            return number(name, value);
        }
        if (type.equals("boolean") || type.equals("bool")) {
            if (!value.equals("true") && !value.equals("false")) {
                throw RequestException.parameter(name, "true or false is expected");
            }
            return BooleanNode.valueOf(Boolean.parseBoolean(value));
        }
        return TextNode.valueOf(value);
    }

    private static JsonNode number(String name, String value) {
        try {
            return DoubleNode.valueOf(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            throw RequestException.parameter(name, "a number is expected");
        }
    }
}
