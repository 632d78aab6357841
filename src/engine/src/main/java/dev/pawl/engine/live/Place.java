package dev.pawl.engine.live;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far somebody has come in a feed: up to a number, but for smaller numbers that were not to be seen yet and appends of
 * which only some events were taken. As a text, {@code 1205!118,1199+2}: all up to 1205 but 118 and all but the first two
 * events of 1199.
 */
final class Place {

    private static final int MOST_OPEN = 1_000;
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,18})(?:!(\\d{1,18}(?:\\+\\d{1,6})?(?:,\\d{1,18}(?:\\+\\d{1,6})?)*))?");

    private final TreeMap<Long, Integer> open = new TreeMap<>();
    private long position;

    Place(long position) {
        this.position = position;
    }

    /** @throws IllegalArgumentException when the text is not a place */
    static Place parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a place in a feed");
        }
        Place place = new Place(Long.parseLong(matcher.group(1)));
        if (matcher.group(2) != null) {
            for (String one : matcher.group(2).split(",")) {
                int plus = one.indexOf('+');
                place.open.put(
                        Long.parseLong(plus < 0 ? one : one.substring(0, plus)),
                        plus < 0 ? 0 : Integer.parseInt(one.substring(plus + 1)));
            }
        }
        if (place.open.size() > MOST_OPEN) {
            throw new IllegalArgumentException("A place leaves at most " + MOST_OPEN + " numbers open");
        }
        return place;
    }

    long position() {
        return position;
    }

    /** Numbers up to the position that are still to come, wholly or in part. */
    Collection<Long> open() {
        return List.copyOf(open.keySet());
    }

    boolean wants(long number) {
        return number > position || open.containsKey(number);
    }

    /** Events of an append that were taken before. */
    int taken(long number) {
        return open.getOrDefault(number, 0);
    }

    /** Everything up to a number has been looked at, and these were not to be seen. */
    void moveTo(long number, Collection<Long> missing) {
        if (number > position) {
            missing.forEach(one -> open.putIfAbsent(one, 0));
            position = number;
        }
    }

    /** Some events of an append were taken; all of them when {@code events} are all there are. */
    void take(long number, int events, int all) {
        if (events >= all) {
            open.remove(number);
        } else {
            open.put(number, events);
        }
    }

    boolean isOpen() {
        return !open.isEmpty();
    }

    /** Expects no other numbers any more than these. */
    void keepOpen(Collection<Long> numbers) {
        open.keySet().retainAll(Set.copyOf(numbers));
    }

    @Override
    public String toString() {
        return open.isEmpty()
                ? Long.toString(position)
                : position + "!" + open.entrySet().stream().map(Place::text).collect(Collectors.joining(","));
    }

    private static String text(Map.Entry<Long, Integer> one) {
        return one.getValue() == 0 ? one.getKey().toString() : one.getKey() + "+" + one.getValue();
    }
}
