package dev.pawl.manifest.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts source text into tokens. Line ends are tokens, because in the published grammar they end an expression. */
final class Lexer {
    private static final Set<String> PAIRS = Set.of("==", "!=", "<=", ">=", "=>", "->", "&&", "||", "?.");
    private static final String SINGLES = "{}()[]<>:,.=+-*/%!?|";

    private final String source;
    private final Grammar grammar;
    private final DiagnosticLog log;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(String source, Grammar grammar, DiagnosticLog log) {
        this.source = source;
        this.grammar = grammar;
        this.log = log;
    }

    static List<Token> tokens(String source, Grammar grammar, DiagnosticLog log) {
        return new Lexer(source, grammar, log).run();
    }

    private List<Token> run() {
        if (source.startsWith("\uFEFF")) {
            at = 1;
            lineStart = 1;
        }
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\n') {
                add(Token.Kind.NEWLINE, "\n", column(), column());
                newLine();
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u00A0') {
                at++;
            } else if (c == '#' || next("//")) {
                skipLineComment();
            } else if (next("/*")) {
                skipBlockComment();
            } else if (c == '"' || c == '\'') {
                string(c);
            } else if (isDigit(c)) {
                number();
            } else if (isWordStart(c)) {
                word();
            } else {
                symbol();
            }
        }
        add(Token.Kind.EOF, "EOF", column(), column());
        return tokens;
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
    }

    private void skipLineComment() {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
    }

    private void skipBlockComment() {
        Position opened = new Position(line, column());
        at += 2;
        while (at < source.length() && !next("*/")) {
            if (source.charAt(at) == '\n') {
                newLine();
            } else {
                at++;
            }
        }
        if (at >= source.length()) {
            log.add(Diagnostic.error("Comment is never closed: '*/' is missing", opened));
        } else {
            at += 2;
        }
    }

    private void string(char quote) {
        int start = column();
        StringBuilder value = new StringBuilder();
        at++;
        while (at < source.length() && source.charAt(at) != quote && source.charAt(at) != '\n') {
            char c = source.charAt(at);
            if (c == '\\' && at + 1 < source.length() && source.charAt(at + 1) != '\n') {
                at++;
                value.append(escaped(source.charAt(at)));
            } else {
                value.append(c);
            }
            at++;
        }
        if (at < source.length() && source.charAt(at) == quote) {
            at++;
        } else {
            log.add(Diagnostic.error(
                    "String is never closed: " + quote + " is missing at the end of the line",
                    new Position(line, grammar == Grammar.PUBLISHED ? column() : start)));
        }
        add(Token.Kind.STRING, value.toString(), start, column());
    }

    private String escaped(char c) {
        switch (c) {
            case 'n':
                return "\n";
            case 't':
                return "\t";
            case 'r':
                return "\r";
            case 'u':
                if (at + 4 < source.length() && source.substring(at + 1, at + 5).matches("[0-9a-fA-F]{4}")) {
                    int code = Integer.parseInt(source.substring(at + 1, at + 5), 16);
                    at += 4;
                    return String.valueOf((char) code);
                }
                return "u";
            default:
                return String.valueOf(c);
        }
    }

    private void number() {
        int start = column();
        int from = at;
        digits();
        if (at + 1 < source.length() && source.charAt(at) == '.' && isDigit(source.charAt(at + 1))) {
            at++;
            digits();
        }
        if (at < source.length() && (source.charAt(at) | 0x20) == 'e') {
            int exponent = at + 1;
            if (exponent < source.length() && "+-".indexOf(source.charAt(exponent)) >= 0) {
                exponent++;
            }
            if (exponent < source.length() && isDigit(source.charAt(exponent))) {
                at = exponent;
                digits();
            }
        }
        String text = source.substring(from, at);
        if (Double.isInfinite(Double.parseDouble(text))) {
            log.add(Diagnostic.error("Number is too large: " + abbreviated(text), new Position(line, start)));
            text = "0";
        }
        add(Token.Kind.NUMBER, text, start, column());
    }

    private void digits() {
        while (at < source.length() && isDigit(source.charAt(at))) {
            at++;
        }
    }

    private void word() {
        int start = column();
        int from = at;
        while (at < source.length() && (isWordStart(source.charAt(at)) || isDigit(source.charAt(at)))) {
            at++;
        }
        add(Token.Kind.WORD, source.substring(from, at), start, column());
    }

    private void symbol() {
        int start = column();
        if (at + 1 < source.length() && PAIRS.contains(source.substring(at, at + 2))) {
            at += 2;
            add(Token.Kind.SYMBOL, source.substring(at - 2, at), start, column());
            return;
        }
        char c = source.charAt(at);
        at++;
        if (SINGLES.indexOf(c) >= 0) {
            add(Token.Kind.SYMBOL, String.valueOf(c), start, column());
            return;
        }
        log.add(Diagnostic.error(
                "Unexpected character: " + printable(c) + characterHint(c),
                new Position(line, grammar == Grammar.PUBLISHED ? column() : start)));
    }

    private static String characterHint(char c) {
        return switch (c) {
            case ';' -> ". A statement ends with its line, no ';' is needed.";
            case '`', '\u201C', '\u201D', '\u2018', '\u2019' -> ". Strings are written in \"double quotes\".";
            case '&' -> ". Write 'and' (or '&&').";
            default -> ".";
        };
    }

    private static String printable(char c) {
        return Character.isISOControl(c) || Character.isSurrogate(c) ? String.format("U+%04X", (int) c) : "'" + c + "'";
    }

    private static String abbreviated(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "...";
    }

    private void add(Token.Kind kind, String text, int startColumn, int endColumn) {
        tokens.add(new Token(kind, text, line, startColumn, endColumn));
    }

    private boolean next(String expected) {
        return source.startsWith(expected, at);
    }

    private int column() {
        return at - lineStart + 1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return c == '_' || c == '$' || Character.isLetter(c);
    }
}
