package dev.pawl.manifest.syntax;

/**
 * One word, number, string, symbol or line end. {@code text} is the word or symbol as written, or the value of a string;
 * {@code endColumn} is the column after its last character.
 */
record Token(Kind kind, String text, int line, int startColumn, int endColumn) {

    enum Kind {
        WORD,
        NUMBER,
        STRING,
        SYMBOL,
        NEWLINE,
        EOF
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }
}
