package dev.pawl.manifest.compile;

import dev.pawl.manifest.syntax.Diagnostic;
import dev.pawl.manifest.syntax.DiagnosticLog;
import dev.pawl.manifest.syntax.Grammar;
import dev.pawl.manifest.syntax.Position;
import org.jspecify.annotations.Nullable;

/**
 * Where the checks put what they find. The published compiler gives most of its findings without a place, and the suite
 * compares that; the extended grammar always says where.
 */
final class Findings {
    private final DiagnosticLog log;
    private final Grammar grammar;

    Findings(DiagnosticLog log, Grammar grammar) {
        this.log = log;
        this.grammar = grammar;
    }

    boolean extended() {
        return grammar == Grammar.EXTENDED;
    }

    boolean hasErrors() {
        return log.hasErrors();
    }

    void error(String message, @Nullable Position at) {
        log.add(Diagnostic.error(message, extended() ? at : null));
    }

    void warning(String message, @Nullable Position at) {
        log.add(Diagnostic.warning(message, extended() ? at : null));
    }

    /** For the one published warning that has a place. */
    void warningWithPlace(String message, Position at) {
        log.add(Diagnostic.warning(message, at));
    }
}
