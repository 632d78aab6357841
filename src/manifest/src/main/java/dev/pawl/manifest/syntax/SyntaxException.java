package dev.pawl.manifest.syntax;

/** Leaves a construct that cannot be understood; the enclosing block reports it and goes on with its next statement. */
final class SyntaxException extends RuntimeException {
    private final transient Diagnostic diagnostic;

    SyntaxException(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
