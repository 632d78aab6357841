package dev.pawl.manifest.syntax;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word an unknown one was probably meant to be. */
public final class Spelling {
    private static final int LONGEST = 40;

    private Spelling() {}

    /** A sentence to append to a message, with a leading space, or nothing when no known word is near. */
    public static String hint(String unknown, Collection<String> known) {
        return nearest(unknown, known)
                .map(word -> " Did you mean '" + word + "'?")
                .orElse("");
    }

    public static Optional<String> nearest(String unknown, Collection<String> known) {
        if (unknown.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = unknown.toLowerCase(Locale.ROOT);
        int allowed = unknown.length() <= 3 ? 1 : unknown.length() <= 6 ? 2 : 3;
        String best = null;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - unknown.length()) > allowed || candidate.equals(unknown)) {
                continue;
            }
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance <= allowed) {
                allowed = distance - 1;
                best = candidate;
                if (allowed < 0) {
                    break;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Edit distance in which swapping two neighbours counts as one edit, the commonest slip of all. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
