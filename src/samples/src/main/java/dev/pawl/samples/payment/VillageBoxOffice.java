package dev.pawl.samples.payment;

import dev.pawl.api.NonRetryableException;
import java.lang.System.Logger.Level;

/**
 * Tells the server's log what it does. Its bank refuses cards that end in {@code 0000}, and it has no seat for the show
 * {@code sold out}.
 */
public final class VillageBoxOffice implements BoxOffice {

    private static final System.Logger LOG = System.getLogger(VillageBoxOffice.class.getName());

    @Override
    public void hold(String sale, String card, long cents, String key) {
        if (card.endsWith("0000")) {
            throw new NonRetryableException("CARD_DECLINED", "The bank knows no such card");
        }
        note("hold", sale, key);
    }

    @Override
    public void release(String sale, String key) {
        note("release", sale, key);
    }

    @Override
    public void capture(String sale, String key) {
        note("capture", sale, key);
    }

    @Override
    public void refund(String sale, String key) {
        note("refund", sale, key);
    }

    @Override
    public String print(String sale, String show, String key) {
        if (show.equals("sold out")) {
            throw new NonRetryableException("SOLD_OUT", "No seat is left");
        }
        note("print", sale, key);
        return "row 4, seat " + Math.floorMod(sale.hashCode(), 20);
    }

    private static void note(String what, String sale, String key) {
        LOG.log(Level.INFO, "{0} {1} ({2})", what, sale, key);
    }
}
