package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an IR came from. {@code contentHash} is the SHA-256 of the source, {@code irHash} the SHA-256 of the
 * canonical JSON of everything else in the IR (see {@link IrJson#hash}), {@code compiledAt} an ISO 8601 instant. */
public record Provenance(
        String contentHash,
        @Nullable String irHash,
        String compilerVersion,
        String schemaVersion,
        String compiledAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Source> sources) {
    public Provenance {
        sources = sources == null ? List.of() : List.copyOf(sources);
    }

    /** One file of a program made of several. */
    public record Source(String path, String contentHash) {}

    public Provenance withIrHash(String hash) {
        return new Provenance(contentHash, hash, compilerVersion, schemaVersion, compiledAt, sources);
    }
}
