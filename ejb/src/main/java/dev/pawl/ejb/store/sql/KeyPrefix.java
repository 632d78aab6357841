package dev.pawl.ejb.store.sql;

import java.sql.SQLException;

/**
 * A condition on a column: that it begins with a text. The range is what an index serves; the pattern is exact. There is no
 * range where databases sort in different ways, nor of the empty prefix.
 */
final class KeyPrefix {

    /** The last character before those that databases sort in different ways. */
    private static final char LAST_OF_ONE_ORDER = '\uD7FE';

    private final String column;
    private final String prefix;
    private final boolean hasRange;

    KeyPrefix(String column, String prefix) {
        this.column = column;
        this.prefix = prefix;
        this.hasRange = !prefix.isEmpty() && prefix.charAt(prefix.length() - 1) <= LAST_OF_ONE_ORDER;
    }

    /** To be appended to other conditions. */
    String condition() {
        return " and " + column + " like ? escape '!'"
                + (hasRange ? " and " + column + " >= ? and " + column + " < ?" : "");
    }

    Parameters bind(Parameters parameters) throws SQLException {
        parameters.text(prefix.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%");
        return hasRange ? parameters.text(prefix).text(endOfRange()) : parameters;
    }

    /** The first text after all that begin with the prefix. */
    private String endOfRange() {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }
}
