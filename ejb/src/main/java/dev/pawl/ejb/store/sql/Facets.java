package dev.pawl.ejb.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Hashes of the simple properties of an instance, each with its name, for an index over them. Equal values have equal
 * hashes; that the values themselves are equal is looked at afterwards.
 */
public final class Facets {

    // FNV-1a with 64 bits: the numbers are kept, so the function must never change
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Facets() {}

    static Long[] of(Iterable<Map.Entry<String, JsonNode>> properties) {
        return java.util.stream.StreamSupport.stream(properties.spliterator(), false)
                .map(property -> facet(property.getKey(), property.getValue()))
                .flatMap(Optional::stream)
                .distinct()
                .toArray(Long[]::new);
    }

    /** Nothing for values that cannot be looked for by an index: null, lists and objects. */
    private static Optional<Long> facet(String name, JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(hash(name + "\u0000n" + (value.doubleValue() + 0d)));
        }
        if (value.isTextual() || value.isBoolean()) {
            return Optional.of(hash(name + "\u0000" + (value.isTextual() ? 's' : 'b') + value.asText()));
        }
        return Optional.empty();
    }

    private static long hash(String text) {
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    /** Whether the properties equal the wanted values; what is not there equals null. */
    public static boolean match(JsonNode properties, Map<String, JsonNode> wanted) {
        return wanted.entrySet().stream()
                .allMatch(condition -> isEqual(properties.path(condition.getKey()), condition.getValue()));
    }

    private static boolean isEqual(JsonNode stored, JsonNode wanted) {
        if (isAbsent(stored) || isAbsent(wanted)) {
            return isAbsent(stored) && isAbsent(wanted);
        }
        return stored.isNumber() && wanted.isNumber()
                ? stored.doubleValue() == wanted.doubleValue()
                : Objects.equals(stored, wanted);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }
}
