package dev.pawl.manifest.runtime.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Compares the parts of a result that a replay must reproduce; ids and flow of events are new every time. */
final class CompareResults {
    private static final List<String> PARTS = List.of(
            "success",
            "result",
            "instance",
            "version",
            "error",
            "code",
            "deniedBy",
            "guardFailure",
            "policyDenial",
            "concurrencyConflict",
            "errors",
            "constraintOutcomes",
            "emittedEvents");
    private static final Set<String> NEW_EVERY_TIME =
            Set.of("id", "correlationId", "causationId", "timestamp", "tenant");

    private final int index;
    private final List<Mismatch> mismatches = new ArrayList<>();

    CompareResults(int index) {
        this.index = index;
    }

    List<Mismatch> compare(JsonNode expected, JsonNode actual) {
        for (String part : PARTS) {
            if (expected.has(part)) {
                Set<String> ignored = part.equals("emittedEvents") ? NEW_EVERY_TIME : Set.of();
                compare("/" + part, expected.get(part), actual.path(part), ignored);
            }
        }
        return mismatches;
    }

    private void compare(String pointer, JsonNode expected, JsonNode actual, Set<String> ignored) {
        if (expected.isArray() && actual.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
                compareElement(pointer + "/" + i, expected.path(i), actual.path(i), ignored);
            }
        } else if (expected.isObject() && actual.isObject()) {
            compareFields(pointer, expected, actual, ignored);
        } else if (!isEqual(expected, actual)) {
            mismatches.add(new Mismatch(index, pointer, expected, actual));
        }
    }

    /** The fields of an event that differ every time are left out at its top; below, everything counts. */
    private void compareElement(String pointer, JsonNode expected, JsonNode actual, Set<String> ignored) {
        if (expected.isObject() && actual.isObject()) {
            compareFields(pointer, expected, actual, ignored);
        } else {
            compare(pointer, expected, actual, Set.of());
        }
    }

    private void compareFields(String pointer, JsonNode expected, JsonNode actual, Set<String> ignored) {
        for (Iterator<String> names = expected.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!ignored.contains(name)) {
                compare(pointer + "/" + name, expected.get(name), actual.path(name), Set.of());
            }
        }
        if (ignored.isEmpty()) {
            for (Iterator<String> names = actual.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!expected.has(name)) {
                    mismatches.add(
                            new Mismatch(index, pointer + "/" + name, MissingNode.getInstance(), actual.get(name)));
                }
            }
        }
    }

    private static boolean isEqual(JsonNode expected, JsonNode actual) {
        return expected.isNumber() && actual.isNumber()
                ? expected.doubleValue() == actual.doubleValue()
                : expected.equals(actual);
    }
}
