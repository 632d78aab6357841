package dev.pawl.acceptance.feature.artifact.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.WorkflowSource;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A stage that keeps a large artifact, one that waits, and one that reads what there is. */
public class ArtifactWorkflows implements WorkflowSource {

    public record Wanted(long bytes, String gate) {}

    public record Kept(String sha256, long bytes, long read, List<String> keys) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(Pipeline.named("keeps-artifacts", Wanted.class)
                .then(new KeepLarge())
                .then(new ReadBack())
                .build());
    }

    static final class KeepLarge implements Stage<Wanted, Kept> {
        @Override
        public Kept execute(StageContext context, Wanted wanted) throws Exception {
            context.artifacts().putText("note", "é");
            try (InputStream content = new Pattern(wanted.bytes())) {
                var large = context.artifacts().put("large/pattern.bin", "application/x-pattern", content);
                if (!wanted.gate().isEmpty()) {
                    Gates.await(wanted.gate());
                }
                return new Kept(large.sha256(), large.size(), 0, List.of());
            }
        }
    }

    static final class ReadBack implements Stage<Kept, Kept> {
        @Override
        public Kept execute(StageContext context, Kept kept) throws Exception {
            try (InputStream content =
                    context.artifacts().get("large/pattern.bin").orElseThrow()) {
                long read = content.transferTo(OutputStream.nullOutputStream());
                List<String> keys = context.artifacts().list().stream()
                        .map(artifact -> artifact.key())
                        .toList();
                return new Kept(kept.sha256(), kept.bytes(), read, keys);
            }
        }
    }
}
