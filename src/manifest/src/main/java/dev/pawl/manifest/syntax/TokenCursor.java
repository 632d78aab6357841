package dev.pawl.manifest.syntax;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the tokens for all parsers. A parser that meets something it cannot understand throws what {@link #failure}
 * makes; the innermost {@linkplain #block block} catches it, reports it, and goes on after the end of that line (or of
 * the braces the line opened), so that one file can have many diagnostics.
 */
final class TokenCursor {
    /** Words that begin or join constructs and therefore name nothing. */
    private static final Set<String> RESERVED = Set.of(
            "entity",
            "property",
            "constraint",
            "command",
            "module",
            "policy",
            "store",
            "event",
            "computed",
            "hasMany",
            "hasOne",
            "belongsTo",
            "emit",
            "mutate",
            "compute",
            "guard",
            "persist",
            "true",
            "false",
            "null",
            "and",
            "or",
            "not",
            "is",
            "in",
            "contains",
            "self",
            "this",
            "context");

    /** Words that the published grammar keeps to itself as well, though no program would be ambiguous with them. */
    private static final Set<String> RESERVED_WHEN_PUBLISHED = Set.of(
            "behavior",
            "flow",
            "effect",
            "expose",
            "compose",
            "derived",
            "ref",
            "through",
            "on",
            "when",
            "then",
            "publish",
            "where",
            "returns");

    private static final int DEEPEST_BLOCK = 60;

    private final List<Token> tokens;
    private final Grammar grammar;
    private final DiagnosticLog log;
    private int index;
    private int openBraces;
    private int blockDepth;

    TokenCursor(List<Token> tokens, Grammar grammar, DiagnosticLog log) {
        this.tokens = tokens;
        this.grammar = grammar;
        this.log = log;
    }

    boolean extended() {
        return grammar == Grammar.EXTENDED;
    }

    Token peek() {
        return tokens.get(index);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(index + ahead, tokens.size() - 1));
    }

    /** The first token from here on that is no line end, without moving. */
    Token peekPastNewlines() {
        return tokens.get(pastNewlines(index));
    }

    Token peekAfterThat() {
        return tokens.get(Math.min(pastNewlines(index) + 1, tokens.size() - 1));
    }

    private int pastNewlines(int from) {
        int i = from;
        while (tokens.get(i).is(Token.Kind.NEWLINE)) {
            i++;
        }
        return i;
    }

    Token advance() {
        Token token = tokens.get(index);
        if (token.isSymbol("{")) {
            openBraces++;
        } else if (token.isSymbol("}")) {
            openBraces--;
        }
        if (!token.is(Token.Kind.EOF)) {
            index++;
        }
        return token;
    }

    void skipNewlines() {
        index = pastNewlines(index);
    }

    /** Skips line ends where the extended grammar lets a construct go on in the next line. */
    void skipNewlinesIfExtended() {
        if (extended()) {
            skipNewlines();
        }
    }

    /** Skips what may stand between the entries of a list or block. */
    void skipSeparators() {
        while (peek().is(Token.Kind.NEWLINE) || at(",")) {
            advance();
        }
    }

    boolean at(String symbol) {
        return peek().isSymbol(symbol);
    }

    boolean atWord(String word) {
        return peek().isWord(word);
    }

    boolean atEnd() {
        return peek().is(Token.Kind.EOF);
    }

    boolean accept(String symbol) {
        if (at(symbol)) {
            advance();
            return true;
        }
        return false;
    }

    boolean acceptWord(String word) {
        if (atWord(word)) {
            advance();
            return true;
        }
        return false;
    }

    Token expect(String symbol) {
        if (!at(symbol)) {
            throw expected(symbol);
        }
        return advance();
    }

    Token expectWord(String word) {
        if (!atWord(word)) {
            throw expected(word);
        }
        return advance();
    }

    String expectString(String what) {
        if (!peek().is(Token.Kind.STRING)) {
            throw expected(what);
        }
        return advance().text();
    }

    /** A string or a bare word, for settings that read well either way. */
    String expectWordOrString(String what) {
        if (!peek().is(Token.Kind.STRING) && !peek().is(Token.Kind.WORD)) {
            throw expected(what);
        }
        return advance().text();
    }

    double expectNumber(String what) {
        boolean negative = accept("-");
        if (!peek().is(Token.Kind.NUMBER)) {
            throw expected(what);
        }
        double number = Double.parseDouble(advance().text());
        return negative ? -number : number;
    }

    boolean expectBoolean(String what) {
        if (acceptWord("true")) {
            return true;
        }
        if (acceptWord("false")) {
            return false;
        }
        throw expected(what);
    }

    /** The name something is declared under. A reserved word is reported and then taken, so that parsing goes on. */
    String name(String what) {
        Token token = peek();
        if (!token.is(Token.Kind.WORD)) {
            throw expected(extended() ? what : "identifier");
        }
        if (RESERVED.contains(token.text()) || !extended() && RESERVED_WHEN_PUBLISHED.contains(token.text())) {
            log.add(Diagnostic.error(
                    "Reserved word '" + token.text() + "' cannot be used as an identifier", position(token)));
        }
        return advance().text();
    }

    /** A name that refers to something. */
    String reference(String what) {
        if (!peek().is(Token.Kind.WORD)) {
            throw expected(extended() ? what : "identifier");
        }
        return advance().text();
    }

    /** Names in square or round brackets. */
    List<String> referenceList(String what) {
        List<String> names = new ArrayList<>();
        String closing = at("(") ? ")" : "]";
        expect(at("(") ? "(" : "[");
        skipSeparators();
        while (!at(closing)) {
            names.add(reference(what));
            skipSeparators();
        }
        expect(closing);
        return names;
    }

    Position position(Token token) {
        return new Position(token.line(), extended() ? token.startColumn() : token.endColumn());
    }

    Position here() {
        return position(peek());
    }

    void warn(String message, Position at) {
        log.add(Diagnostic.warning(message, at));
    }

    void report(String message, Position at) {
        log.add(Diagnostic.error(message, at));
    }

    SyntaxException failure(String message, Position at) {
        return new SyntaxException(Diagnostic.error(message, at));
    }

    SyntaxException expected(String what) {
        Token found = peek();
        String message = extended()
                ? "Expected " + quotedSymbol(what) + " but found " + described(found)
                : "Expected " + what + ", got " + found.text();
        return failure(message, position(found));
    }

    SyntaxException unexpected() {
        Token found = peek();
        return failure(
                extended() ? "Expected an expression but found " + described(found) : "Unexpected: " + found.text(),
                position(found));
    }

    /** A word nobody knows here, with the nearest known one. */
    SyntaxException unknown(String where, Collection<String> known) {
        Token found = peek();
        if (!extended()) {
            return unexpected();
        }
        return failure(
                "Unexpected " + described(found) + " in " + where + "."
                        + (found.is(Token.Kind.WORD) ? Spelling.hint(found.text(), known) : ""),
                position(found));
    }

    private static String quotedSymbol(String what) {
        return what.length() <= 2 ? "'" + what + "'" : what;
    }

    private static String described(Token token) {
        return switch (token.kind()) {
            case NEWLINE -> "the end of the line";
            case EOF -> "the end of the file";
            case STRING ->
                "the text \"" + (token.text().length() > 30 ? token.text().substring(0, 30) + "..." : token.text())
                        + "\"";
            default -> "'" + token.text() + "'";
        };
    }

    /** Reads one statement; its parser begins at the statement's first token. */
    interface Statement {
        void parse();
    }

    /** Reads statements in braces until the closing one. */
    void block(Statement statement) {
        expect("{");
        statements(statement);
        expect("}");
    }

    /** Reads statements until a closing brace or the end; a statement that fails is reported and skipped. */
    void statements(Statement statement) {
        int depth = openBraces;
        if (++blockDepth > DEEPEST_BLOCK) {
            blockDepth--;
            throw failure("Blocks are nested too deeply (more than " + DEEPEST_BLOCK + " levels)", here());
        }
        try {
            skipSeparators();
            while (!at("}") && !atEnd()) {
                int before = index;
                try {
                    statement.parse();
                } catch (SyntaxException failed) {
                    log.add(failed.diagnostic());
                    skipStatement(depth, before);
                    if (openBraces < depth) {
                        return;
                    }
                }
                if (index == before) {
                    advance();
                }
                skipSeparators();
            }
        } finally {
            blockDepth--;
        }
    }

    /** A statement that ran on into the next line by mistake is left before that line, which may well be sound. */
    private void skipStatement(int depth, int start) {
        if (openBraces == depth && index > start && tokens.get(index - 1).is(Token.Kind.NEWLINE)) {
            return;
        }
        while (!atEnd()) {
            if (openBraces <= depth && (peek().is(Token.Kind.NEWLINE) || at("}"))) {
                return;
            }
            advance();
        }
    }

    /** Reads {@code { key: value ... }}, each value by the reader of its key; unknown and doubled keys are errors. */
    void settings(String where, Map<String, Statement> readers, Set<String> repeatable) {
        Map<String, Position> seen = new HashMap<>();
        block(() -> {
            Token key = peek();
            Statement reader = key.is(Token.Kind.WORD) ? readers.get(key.text()) : null;
            if (reader == null) {
                throw unknown(where, readers.keySet());
            }
            @Nullable Position first = seen.putIfAbsent(key.text(), position(key));
            if (first != null && !repeatable.contains(key.text())) {
                throw failure("'" + key.text() + "' is given twice in " + where, position(key));
            }
            advance();
            accept(":");
            skipNewlinesIfExtended();
            reader.parse();
        });
    }

    /** Passes over a balanced pair of braces and what is in it. */
    void skipBraces() {
        int depth = openBraces;
        expect("{");
        while (openBraces > depth && !atEnd()) {
            advance();
        }
        if (openBraces > depth) {
            throw expected("}");
        }
    }
}
