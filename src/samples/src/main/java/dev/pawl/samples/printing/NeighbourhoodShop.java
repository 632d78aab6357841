package dev.pawl.samples.printing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A print shop that stands in for one behind a network. It needs a second for ten sheets and keeps nothing: an order's
 * number says all about it.
 */
public final class NeighbourhoodShop implements PrintShop {

    private static final int SHEETS_A_SECOND = 10;
    private static final int LARGEST_ORDER = 100_000;

    private final Supplier<Instant> clock;

    public NeighbourhoodShop(Supplier<Instant> clock) {
        this.clock = clock;
    }

    @Override
    public String submit(PrintOrder order, String key) {
        int sheets = Math.multiplyExact(order.pages(), order.copies());
        Instant ready = clock.get().plus(Duration.ofSeconds(1 + sheets / SHEETS_A_SECOND));
        return sheets + "@" + ready;
    }

    @Override
    public Optional<Parcel> ask(String orderNumber) {
        int at = orderNumber.indexOf('@');
        int sheets = Integer.parseInt(orderNumber.substring(0, at));
        if (sheets > LARGEST_ORDER) {
            throw new RejectedException(sheets + " sheets are more than the " + LARGEST_ORDER + " the shop prints");
        }
        return clock.get().isBefore(Instant.parse(orderNumber.substring(at + 1)))
                ? Optional.empty()
                : Optional.of(new Parcel(sheets, "shelf-" + sheets % 7));
    }
}
