package dev.pawl.api;

/**
 * A kind of event that workflows wait for, emit or are signalled with.
 *
 * @param name as it travels, {@code approval.decided} for instance
 * @param payload what its data is read as
 */
public record EventType<T>(String name, Class<T> payload) {

    private static final int LONGEST = 200;

    public EventType {
        if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("An event's name has 1 to " + LONGEST
                    + " characters, none of them a control character, and is not blank: '" + name + "'");
        }
    }

    public static <T> EventType<T> of(String name, Class<T> payload) {
        return new EventType<>(name, payload);
    }
}
