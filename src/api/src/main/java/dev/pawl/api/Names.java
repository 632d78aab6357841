package dev.pawl.api;

import java.util.Locale;
import java.util.regex.Pattern;

/** How classes and ids are named. */
final class Names {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private Names() {}

    static String kebab(Class<?> type) {
        String simple = type.getSimpleName();
        int proxy = simple.indexOf('$');
        String plain = proxy > 0 ? simple.substring(0, proxy) : simple;
        if (plain.isEmpty()) {
            throw new IllegalArgumentException(
                    "The anonymous class " + type.getName() + " has no name to derive an id from: override id().");
        }
        return HUMP.matcher(plain).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    static String requireId(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("The " + what + " id '" + id
                    + "' must be 1 to 100 letters, digits, '.', '_' or '-', and begin with a letter or digit.");
        }
        return id;
    }
}
