package dev.pawl.manifest.syntax;

/** The two grammars of the language. */
public enum Grammar {
    /**
     * The published grammar and the dialect of the guides on top of it; what is not understood is an error with a hint,
     * and columns are where a word begins.
     */
    EXTENDED,
    /**
     * The grammar of the conformance suite, with its messages and its columns (the column after the word in question);
     * an expression ends with its line.
     */
    PUBLISHED
}
