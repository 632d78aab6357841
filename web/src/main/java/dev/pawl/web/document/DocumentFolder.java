package dev.pawl.web.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The documents of the class path's folder {@code documents}, which comes with the samples. Only what its {@code index.json}
 * names exists; without samples nothing does.
 */
final class DocumentFolder {

    private static final String FOLDER = "documents/";

    private final ClassLoader classPath;
    private final Map<String, JsonNode> byFile = new LinkedHashMap<>();

    DocumentFolder(ClassLoader classPath) {
        this.classPath = classPath;
        bytes("index.json").ifPresent(index -> JsonCodec.parse(new String(index, StandardCharsets.UTF_8))
                .forEach(entry -> byFile.put(entry.path("file").asText(), entry)));
    }

    /** What the index says of each document, and the address it is served at. */
    JsonNode index(String address) {
        ObjectNode index = JsonCodec.object();
        ArrayNode items = index.putArray("items");
        byFile.forEach((file, entry) -> items.add(entry.<ObjectNode>deepCopy().put("url", address + file)));
        return index;
    }

    /** A document by its file name. */
    Optional<Document> find(String file) {
        return byFile.containsKey(file)
                ? bytes(file).map(content -> new Document(mediaType(file), content))
                : Optional.empty();
    }

    /** The bytes of a document and what they are. */
    record Document(String mediaType, byte[] content) {}

    private Optional<byte[]> bytes(String file) {
        try (InputStream stream = classPath.getResourceAsStream(FOLDER + file)) {
            return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped document " + file + " cannot be read", e);
        }
    }

    private static String mediaType(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html;charset=UTF-8";
            case "txt" -> "text/plain;charset=UTF-8";
            case "pdf" -> "application/pdf";
            default -> "application/octet-stream";
        };
    }
}
