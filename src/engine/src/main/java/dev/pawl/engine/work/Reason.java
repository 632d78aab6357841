package dev.pawl.engine.work;

import org.jspecify.annotations.Nullable;

/** Says in one text why something failed: the failure, and what it began with. */
public final class Reason {

    private static final int LONGEST = 2_000;

    private Reason() {}

    public static String of(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = root == thrown ? describe(thrown) : describe(thrown) + "; " + describe(root);
        // whoever threw it decides what stands there, and databases take no NUL in a text
        String clean = text.replace('\0', '\uFFFD');
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }

    private static String describe(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return thrown.getClass().getName() + (message == null ? "" : ": " + message);
    }
}
