package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of everything that makes two calls with one key the same call; the order of JSON fields does not count. */
final class InputHash {
    private InputHash() {}

    static String of(CommandCall call) {
        StringBuilder text = new StringBuilder();
        text.append(call.instanceId() == null ? "" : call.instanceId()).append('\n');
        write(call.input(), text);
        for (OverrideRequest override : call.options().overrides()) {
            text.append('\n').append(override.constraintCode()).append('\n').append(override.reason());
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    private static void write(JsonNode json, StringBuilder text) {
        if (json.isObject()) {
            List<String> names = new ArrayList<>();
            json.fieldNames().forEachRemaining(names::add);
            names.sort(null);
            text.append('{');
            for (String name : names) {
                text.append(name.length()).append(':').append(name).append('=');
                write(json.get(name), text);
            }
            text.append('}');
        } else if (json.isArray()) {
            text.append('[');
            for (JsonNode element : json) {
                write(element, text);
                text.append(',');
            }
            text.append(']');
        } else if (json.isNumber()) {
            text.append(json.decimalValue().stripTrailingZeros().toPlainString());
        } else {
            text.append(json);
        }
    }
}
