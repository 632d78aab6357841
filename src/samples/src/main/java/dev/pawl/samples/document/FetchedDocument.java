package dev.pawl.samples.document;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The body of a document as its server sent it.
 *
 * @param url where it was found in the end, after redirects
 * @param contentType the server's {@code Content-Type}, if it sent one
 * @param body the bytes, decompressed
 */
public record FetchedDocument(URI url, @Nullable String contentType, byte[] body) {}
