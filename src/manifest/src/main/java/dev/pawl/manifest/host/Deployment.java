package dev.pawl.manifest.host;

import dev.pawl.manifest.syntax.Diagnostic;
import java.util.List;

/** What came of deploying a program. */
public sealed interface Deployment {
    /**
     * The program runs.
     *
     * @param fresh false when this very text was the current version already
     */
    record Deployed(StoredProgram program, List<Diagnostic> diagnostics, boolean fresh) implements Deployment {
        public Deployed {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /** The program does not compile; nothing has changed. */
    record Broken(List<Diagnostic> diagnostics) implements Deployment {
        public Broken {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /** Another program has one of its names already; nothing has changed. */
    record Clashing(String message) implements Deployment {}
}
