package dev.pawl.engine.live;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How far somebody has come in all feeds. Its text is opaque to those who keep it: {@code e88~r1205!118}. */
public final class FeedCursor {

    /** Before everything that is kept. */
    private static final String BEGINNING = "0";

    private static final int LONGEST = 32_000;

    private final Map<Character, Place> places = new TreeMap<>();
    private final boolean fromBeginning;

    private FeedCursor(boolean fromBeginning) {
        this.fromBeginning = fromBeginning;
    }

    /** Nowhere yet: it begins where the feeds end. */
    public static FeedCursor ofEnd() {
        return new FeedCursor(false);
    }

    /** @throws IllegalArgumentException when the text was not made by a cursor */
    public static FeedCursor parse(String text) {
        FeedCursor cursor = new FeedCursor(text.equals(BEGINNING));
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("A cursor has at most " + LONGEST + " characters");
        }
        if (!cursor.fromBeginning) {
            for (String one : text.split("~", -1)) {
                if (one.isEmpty() || one.charAt(0) < 'a' || one.charAt(0) > 'z') {
                    throw new IllegalArgumentException("'" + text + "' is not a cursor");
                }
                cursor.places.put(one.charAt(0), Place.parse(one.substring(1)));
            }
        }
        return cursor;
    }

    /** Whether a cursor says where to begin, in one feed at least. */
    boolean isBehind() {
        return fromBeginning || !places.isEmpty();
    }

    /** Begins where the feeds are known to have come, in those for which nothing else was said. */
    void beginAt(Map<Character, FeedTail.Snapshot> known) {
        known.forEach((feed, snapshot) -> places.computeIfAbsent(feed, letter -> {
            Place place = new Place(0);
            if (!fromBeginning) {
                place.moveTo(snapshot.position(), snapshot.holes());
            }
            return place;
        }));
        places.keySet().retainAll(known.keySet());
    }

    /** Whether some numbers are still to come in a feed. */
    boolean isOpen() {
        return places.values().stream().anyMatch(Place::isOpen);
    }

    Place in(char feed) {
        Place place = places.get(feed);
        if (place == null) {
            throw new IllegalStateException("There is no place in feed " + feed + " yet");
        }
        return place;
    }

    @Override
    public String toString() {
        return places.entrySet().stream()
                .map(place -> place.getKey() + place.getValue().toString())
                .collect(Collectors.joining("~"));
    }
}
