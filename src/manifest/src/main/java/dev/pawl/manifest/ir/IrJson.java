package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The published JSON form of the IR: properties in a fixed order, absent parts left out, numbers as JavaScript writes
 * them ({@code 1}, not {@code 1.0}).
 */
public final class IrJson {
    private static final JsonMapper MAPPER = mapper().build();
    private static final ObjectWriter CANONICAL = mapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addMixIn(Ir.class, WithoutProvenance.class)
            .build()
            .writerFor(Ir.class);

    @JsonIgnoreProperties("provenance")
    private interface WithoutProvenance {}

    private IrJson() {}

    private static JsonMapper.Builder mapper() {
        return JsonMapper.builder()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .addModule(new SimpleModule()
                        .addSerializer(Double.class, new PlainNumber())
                        .addSerializer(double.class, new PlainNumber()));
    }

    /** Reads the JSON form. Throws {@link IllegalArgumentException} that says where the JSON departs from it. */
    public static Ir read(JsonNode json) {
        return read(json, Ir.class);
    }

    public static Expression readExpression(JsonNode json) {
        return read(json, Expression.class);
    }

    public static ObjectNode write(Ir ir) {
        return MAPPER.valueToTree(ir);
    }

    public static JsonNode write(Expression expression) {
        return MAPPER.valueToTree(expression);
    }

    /**
     * The SHA-256, in hexadecimal, of the IR's canonical JSON: every part of the tree without white space, the parts in
     * their fixed order, the keys of maps sorted, the provenance left out. Equal programs have equal hashes wherever and
     * whenever they were compiled and however their JSON was ordered on the way; any change to any node changes the hash.
     */
    public static String hash(Ir ir) {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            CANONICAL.writeValue(out, ir);
        } catch (IOException impossible) {
            throw new IllegalStateException("an IR is always writable as JSON", impossible);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The SHA-256 of a text's UTF-8 form, in hexadecimal. */
    public static String sha256(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static <T> T read(JsonNode json, Class<T> type) {
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException mismatch) {
            throw new IllegalArgumentException("not IR " + Ir.VERSION + ": " + mismatch.getMessage(), mismatch);
        }
    }

    private static final class PlainNumber extends JsonSerializer<Double> {
        @Override
        public void serialize(Double number, JsonGenerator out, SerializerProvider provider) throws IOException {
            double value = number;
            if (value == (int) value) {
                out.writeNumber((int) value);
            } else if (value == Math.rint(value) && Math.abs(value) < 1e18) {
                out.writeNumber((long) value);
            } else {
                out.writeNumber(value);
            }
        }
    }
}
