package dev.pawl.api.config;

import dev.pawl.api.InvalidMemberException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Switches by name; a run's flags are laid over the stage's one by one.
 *
 * @param flags at most 100; a name has 1 to 100 characters; default none
 */
public record FeatureFlags(Map<String, Boolean> flags) {

    public static final FeatureFlags DEFAULT = new FeatureFlags(Map.of());

    private static final int MOST = 100;
    private static final int LONGEST_NAME = 100;

    public FeatureFlags {
        if (flags == null || flags.size() > MOST) {
            throw new InvalidMemberException("flags", "names at most " + MOST + " flags");
        }
        flags.forEach((name, on) -> {
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw new InvalidMemberException(
                        "flags",
                        "the name of a flag has 1 to " + LONGEST_NAME + " characters, one has " + name.length());
            }
            if (on == null) {
                throw new InvalidMemberException("flags", "the flag '" + name + "' is on (true) or off (false)");
            }
        });
        flags = Map.copyOf(flags);
    }

    /** With one more flag, or another value of one. */
    public FeatureFlags with(String name, boolean on) {
        Map<String, Boolean> more = new TreeMap<>(flags);
        more.put(name, on);
        return new FeatureFlags(more);
    }

    /** Whether the flag is on; one that nobody named is off. */
    public boolean isOn(String name) {
        return flags.getOrDefault(name, false);
    }
}
