package dev.pawl.manifest.syntax;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** What the compiler has to say about a program. Line and column count from 1 and are absent where no place is to blame. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Diagnostic(
        Severity severity,
        String message,
        @Nullable Integer line,
        @Nullable Integer column) {

    /** An error makes the compilation fail, a warning does not. */
    public enum Severity {
        ERROR("error"),
        WARNING("warning");

        private final String text;

        Severity(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }

    public static Diagnostic error(String message, @Nullable Position at) {
        return of(Severity.ERROR, message, at);
    }

    public static Diagnostic warning(String message, @Nullable Position at) {
        return of(Severity.WARNING, message, at);
    }

    private static Diagnostic of(Severity severity, String message, @Nullable Position at) {
        return at == null
                ? new Diagnostic(severity, message, null, null)
                : new Diagnostic(severity, message, at.line(), at.column());
    }

    @JsonIgnore
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
