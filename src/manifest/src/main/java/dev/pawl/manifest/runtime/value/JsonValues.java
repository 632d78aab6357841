package dev.pawl.manifest.runtime.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From JSON to values and back. Whole numbers are written without a fraction; what JSON cannot say becomes null. */
public final class JsonValues {
    private static final double SAFE_WHOLE = 9_007_199_254_740_992d;

    private JsonValues() {}

    public static Object fromJson(JsonNode json) {
        switch (json.getNodeType()) {
            case STRING:
                return json.textValue();
            case NUMBER:
                return json.doubleValue();
            case BOOLEAN:
                return json.booleanValue();
            case NULL:
                return Absent.NULL;
            case ARRAY:
                List<Object> list = new ArrayList<>(json.size());
                json.forEach(element -> list.add(fromJson(element)));
                return list;
            case OBJECT:
                return mapFromJson(json);
            default:
                return Absent.UNDEFINED;
        }
    }

    public static Map<String, Object> mapFromJson(JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            map.put(field.getKey(), fromJson(field.getValue()));
        }
        return map;
    }

    /** The JSON of a value; undefined and functions give a missing node, which a container leaves out. */
    public static JsonNode toJson(Object value) {
        if (value instanceof String text) {
            return TextNode.valueOf(text);
        }
        if (value instanceof Double number) {
            return numberToJson(number);
        }
        if (value instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        }
        if (value == Absent.NULL) {
            return NullNode.getInstance();
        }
        if (value instanceof List<?> list) {
            return listToJson(list);
        }
        if (value instanceof Map<?, ?> map) {
            return mapToJson(map);
        }
        if (value instanceof Fields fields) {
            return fields.toJson();
        }
        return MissingNode.getInstance();
    }

    public static ObjectNode mapToJson(Map<?, ?> map) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        map.forEach((key, value) -> put(object, (String) key, value));
        return object;
    }

    /** Sets the field, unless the value is undefined. */
    public static void put(ObjectNode object, String field, Object value) {
        JsonNode json = toJson(value);
        if (!json.isMissingNode()) {
            object.set(field, json);
        }
    }

    private static JsonNode numberToJson(double number) {
        if (number == Math.rint(number) && Math.abs(number) <= SAFE_WHOLE) {
            return LongNode.valueOf((long) number);
        }
        return Double.isNaN(number) || Double.isInfinite(number) ? NullNode.getInstance() : DoubleNode.valueOf(number);
    }

    private static JsonNode listToJson(List<?> list) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(list.size());
        for (Object element : list) {
            JsonNode json = toJson(element);
            array.add(json.isMissingNode() ? NullNode.getInstance() : json);
        }
        return array;
    }
}
