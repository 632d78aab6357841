package dev.pawl.samples.trip;

import dev.pawl.api.NonRetryableException;
import java.lang.System.Logger.Level;
import java.util.Locale;

/** Tells the server's log what it books. It finds no flight to {@code Utopia} and no hotel in {@code Atlantis}. */
public final class CornerAgency implements TravelAgency {

    private static final System.Logger LOG = System.getLogger(CornerAgency.class.getName());

    @Override
    public String bookFlight(String trip, String destination, String key) {
        if (destination.equals("Utopia")) {
            throw new NonRetryableException("NO_FLIGHT", "Nobody flies to Utopia");
        }
        note("flight booked", trip, key);
        return destination.substring(0, 1).toUpperCase(Locale.ROOT) + "-" + destination.length();
    }

    @Override
    public void cancelFlight(String trip, String key) {
        note("flight cancelled", trip, key);
    }

    @Override
    public String bookHotel(String trip, String destination, String key) {
        if (destination.equals("Atlantis")) {
            throw new NonRetryableException("NO_ROOM", "Every room in Atlantis is under water");
        }
        note("hotel booked", trip, key);
        return "Grand Hotel " + destination;
    }

    @Override
    public void cancelHotel(String trip, String key) {
        note("hotel cancelled", trip, key);
    }

    private static void note(String what, String trip, String key) {
        LOG.log(Level.INFO, "{0}: {1} ({2})", trip, what, key);
    }
}
