package dev.pawl.manifest.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects diagnostics in the order they are found. A program that is wrong everywhere is told so a hundred times, not
 * a million.
 */
public final class DiagnosticLog {
    private static final int MOST = 100;

    private final List<Diagnostic> entries = new ArrayList<>();
    private boolean errors;

    public void add(Diagnostic diagnostic) {
        errors |= diagnostic.isError();
        if (entries.size() < MOST) {
            entries.add(diagnostic);
        } else if (entries.size() == MOST) {
            entries.add(Diagnostic.error("Too many problems; the rest is not listed", null));
            errors = true;
        }
    }

    public boolean hasErrors() {
        return errors;
    }

    /** In the order of the source; what has no place comes last. */
    public List<Diagnostic> bySource() {
        return entries.stream()
                .sorted(Comparator.comparing(Diagnostic::line, Comparator.nullsLast(Comparator.<Integer>naturalOrder()))
                        .thenComparing(Diagnostic::column, Comparator.nullsLast(Comparator.<Integer>naturalOrder())))
                .toList();
    }

    public List<Diagnostic> entries() {
        return List.copyOf(entries);
    }
}
