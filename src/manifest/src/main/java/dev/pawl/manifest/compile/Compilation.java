package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.syntax.Diagnostic;
import java.util.List;
import java.util.Optional;

/** What came of compiling a program: the IR exactly when there is no error, and everything there was to say. */
public record Compilation(boolean success, Optional<Ir> ir, List<Diagnostic> diagnostics) {
    public Compilation {
        diagnostics = List.copyOf(diagnostics);
        if (success != ir.isPresent()) {
            throw new IllegalArgumentException("a successful compilation has an IR, and no other has");
        }
    }

    public List<Diagnostic> errors() {
        return diagnostics.stream().filter(Diagnostic::isError).toList();
    }
}
