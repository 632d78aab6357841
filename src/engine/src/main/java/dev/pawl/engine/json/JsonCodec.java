package dev.pawl.engine.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.pawl.api.InvalidMemberException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON. Unknown members, missing primitives, wrong kinds and trailing text are errors. */
public final class JsonCodec {

    private static final ObjectMapper MAPPER = strictMapper();

    private JsonCodec() {}

    /** The mapper behind this class, for adapters that stream; nobody reconfigures it. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * Parses a text.
     *
     * @throws UnfitJsonException when it is not one JSON value
     */
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw unfit(e);
        }
    }

    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw unfit(e);
        }
    }

    public static JsonNode toTree(@Nullable Object value) {
        try {
            return MAPPER.valueToTree(value);
        } catch (IllegalArgumentException e) {
            throw e.getCause() instanceof JsonProcessingException cause ? unfit(cause) : e;
        }
    }

    /** The same value with the members of every object in the order of their names: equal values, equal texts. */
    public static JsonNode ordered(JsonNode value) {
        if (value.isObject()) {
            ObjectNode sorted = object();
            value.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(member -> sorted.set(member.getKey(), ordered(member.getValue())));
            return sorted;
        }
        if (value.isArray()) {
            ArrayNode items = MAPPER.createArrayNode();
            value.forEach(item -> items.add(ordered(item)));
            return items;
        }
        return value;
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JavaType type(java.lang.reflect.Type type) {
        return MAPPER.constructType(type);
    }

    /**
     * Reads a text as a type.
     *
     * @throws UnfitJsonException naming the member that does not fit
     */
    public static <T> T read(String json, Class<T> type) {
        return type.cast(boxed(read(json, type(type))));
    }

    public static Object read(String json, JavaType type) {
        try {
            Object value = MAPPER.readValue(json, type);
            return present(value, type);
        } catch (JsonProcessingException e) {
            throw unfit(e);
        }
    }

    /** Reads a tree as a type. */
    public static Object bind(JsonNode tree, JavaType type) {
        try {
            Object value = MAPPER.treeToValue(tree, type);
            return present(value, type);
        } catch (JsonProcessingException e) {
            throw unfit(e);
        }
    }

    private static Object boxed(Object value) {
        return value;
    }

    private static Object present(@Nullable Object value, JavaType type) {
        if (value == null) {
            throw new UnfitJsonException(new FieldError(
                    "", "a value of type " + type.getRawClass().getSimpleName() + " is expected, not null"));
        }
        return value;
    }

    private static UnfitJsonException unfit(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping) {
            String place = pointer(mapping.getPath());
            String member = mapping.getCause() instanceof InvalidMemberException invalid ? "/" + invalid.member() : "";
            return new UnfitJsonException(new FieldError(place + member, reason(mapping)));
        }
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return new UnfitJsonException(
                new FieldError("", "not valid JSON" + where + ": " + firstLine(e.getOriginalMessage())));
    }

    private static String reason(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "unknown member '" + unknown.getPropertyName() + "'; known are " + unknown.getKnownPropertyIds();
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return String.valueOf(e.getCause().getMessage());
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return expected(mismatch.getTargetType()) + " is expected";
        }
        return firstLine(e.getOriginalMessage());
    }

    /** What a type is called in JSON: the sender need not know how this server is programmed. */
    private static String expected(Class<?> type) {
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class
                || type == float.class
                || type == Double.class
                || type == Float.class
                || type == BigDecimal.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        if (type == Duration.class) {
            return "an ISO-8601 duration such as PT30S";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return "an ISO-8601 time";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type)
                ? "an object"
                : "a value of type " + type.getSimpleName();
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }

    private static String pointer(List<JsonMappingException.Reference> path) {
        JsonPointer pointer = JsonPointer.empty();
        for (JsonMappingException.Reference reference : path) {
            pointer = reference.getFieldName() == null
                    ? pointer.appendIndex(Math.max(0, reference.getIndex()))
                    : pointer.appendProperty(reference.getFieldName());
        }
        return pointer.toString();
    }

    private static ObjectMapper strictMapper() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        mapper.setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
        return mapper;
    }
}
