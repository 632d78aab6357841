package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.IrJson;
import dev.pawl.manifest.ir.Provenance;
import dev.pawl.manifest.syntax.Ast;
import dev.pawl.manifest.syntax.Diagnostic;
import dev.pawl.manifest.syntax.DiagnosticLog;
import dev.pawl.manifest.syntax.Grammar;
import dev.pawl.manifest.syntax.ProgramParser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Compiles Manifest programs. Any text at all gives a {@link Compilation}: with an IR, or with at least one error that
 * says where; never an exception.
 */
public final class ManifestCompiler {
    /** Programs longer than this (in characters) are refused before they are read. */
    public static final int LONGEST_SOURCE = 4_000_000;

    /** The version written into the provenance; it changes when the same source may give another IR. */
    public static final String VERSION = "1.0.0";

    private ManifestCompiler() {}

    /** Compiles in the given grammar, now. */
    public static Compilation compile(String source, Grammar grammar) {
        return compile(source, grammar, Instant.now());
    }

    /** Compiles as at {@code compiledAt}: equal arguments give equal results, provenance included. */
    public static Compilation compile(String source, Grammar grammar, Instant compiledAt) {
        if (source.length() > LONGEST_SOURCE) {
            return new Compilation(
                    false,
                    Optional.empty(),
                    List.of(Diagnostic.error(
                            "Program is too long: " + source.length() + " characters, at most " + LONGEST_SOURCE
                                    + " are read",
                            null)));
        }
        DiagnosticLog log = new DiagnosticLog();
        Ast.Scope program = ProgramParser.parse(source, grammar, log);
        if (log.hasErrors()) {
            return new Compilation(false, Optional.empty(), said(log, grammar));
        }
        Provenance provenance = new Provenance(
                IrJson.sha256(source),
                null,
                VERSION,
                Ir.VERSION,
                compiledAt.truncatedTo(ChronoUnit.MILLIS).toString(),
                List.of());
        Ir ir = new ProgramLowering(program, grammar, log).lower(provenance);
        if (log.hasErrors()) {
            return new Compilation(false, Optional.empty(), said(log, grammar));
        }
        return new Compilation(
                true, Optional.of(ir.withProvenance(provenance.withIrHash(IrJson.hash(ir)))), said(log, grammar));
    }

    /** The suite compares the order in which the published compiler finds things; people read from top to bottom. */
    private static List<Diagnostic> said(DiagnosticLog log, Grammar grammar) {
        return grammar == Grammar.EXTENDED ? log.bySource() : log.entries();
    }
}
