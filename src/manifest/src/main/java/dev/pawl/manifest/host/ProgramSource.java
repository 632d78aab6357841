package dev.pawl.manifest.host;

import dev.pawl.manifest.syntax.Grammar;
import java.util.regex.Pattern;

/** The text of a program, the grammar it is written in and the name it is deployed under. */
public record ProgramSource(String name, Grammar grammar, String text) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public ProgramSource {
        if (!isName(name)) {
            throw new IllegalArgumentException("a program's name is 1 to 100 letters, digits, dots, dashes and"
                    + " underscores and begins with a letter or a digit, got '" + name + "'");
        }
    }

    /** Whether a program can have this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
