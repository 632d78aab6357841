package dev.pawl.samples.document;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The documents that come with the samples, so that a first run needs no network. Only what {@code index.json} names can be
 * found and opened.
 */
public final class ShippedDocuments {

    private static final String FOLDER = "/documents/";
    private static final String INDEX = "index.json";

    private final List<ShippedDocument> documents;

    public ShippedDocuments() {
        try (InputStream index = resource(INDEX)) {
            this.documents = List.of(new ObjectMapper().readValue(index, ShippedDocument[].class));
        } catch (IOException e) {
            throw new UncheckedIOException("The index of the shipped documents cannot be read", e);
        }
    }

    /** All of them, in the order of the index. */
    public List<ShippedDocument> list() {
        return documents;
    }

    public Optional<ShippedDocument> find(String file) {
        return documents.stream()
                .filter(document -> document.file().equals(file))
                .findFirst();
    }

    /** The bytes of a document; the caller closes the stream. */
    public InputStream open(ShippedDocument document) {
        if (!documents.contains(document)) {
            throw new IllegalArgumentException("No such document is shipped: " + document.file());
        }
        return resource(document.file());
    }

    private static InputStream resource(String file) {
        @Nullable InputStream bytes = ShippedDocuments.class.getResourceAsStream(FOLDER + file);
        if (bytes == null) {
            throw new IllegalStateException("The shipped document " + file + " is missing from the samples");
        }
        return bytes;
    }
}
