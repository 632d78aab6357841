package dev.pawl.engine.work;

import dev.pawl.api.Artifact;
import dev.pawl.api.Artifacts;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.work.ArtifactStore.Author;
import dev.pawl.engine.work.ArtifactStore.OpenArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The artifacts of one run, as one of its stages sees them. */
final class RunArtifacts implements Artifacts {

    private static final int PART = 1_000;

    private final ArtifactStore store;
    private final RunId run;
    private final Author author;

    RunArtifacts(ArtifactStore store, RunId run, Author author) {
        this.store = store;
        this.run = run;
        this.author = author;
    }

    @Override
    public Artifact put(String key, String contentType, InputStream content) throws IOException {
        return store.put(run, key, contentType, content, author).artifact();
    }

    @Override
    public Artifact put(String key, String contentType, byte[] content) {
        try {
            return put(key, contentType, new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Artifact putText(String key, String text) {
        return put(key, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Artifact putJson(String key, Object value) {
        return put(key, "application/json", JsonCodec.write(value).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<InputStream> get(String key) {
        return store.open(run, key).map(OpenArtifact::content);
    }

    @Override
    public Optional<String> text(String key) {
        Optional<OpenArtifact> found = store.open(run, key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (OpenArtifact artifact = found.get()) {
            return Optional.of(new String(artifact.content().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The artifact '" + key + "' cannot be read", e);
        }
    }

    @Override
    public <T> Optional<T> json(String key, Class<T> type) {
        return text(key).map(json -> JsonCodec.read(json, type));
    }

    @Override
    public Optional<Artifact> find(String key) {
        return store.find(run, key);
    }

    @Override
    public boolean delete(String key) {
        return store.delete(run, key);
    }

    @Override
    public List<Artifact> list(String prefix) {
        List<Artifact> all = new ArrayList<>();
        List<Artifact> part = store.list(run, prefix, "", PART);
        all.addAll(part);
        while (part.size() == PART) {
            part = store.list(run, prefix, all.get(all.size() - 1).key(), PART);
            all.addAll(part);
        }
        return all;
    }

    @Override
    public long totalSize() {
        return store.totalSize(run);
    }
}
