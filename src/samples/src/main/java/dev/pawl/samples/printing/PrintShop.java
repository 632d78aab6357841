package dev.pawl.samples.printing;

import java.util.Optional;

/** A print shop as its customers know it. */
public interface PrintShop {

    /**
     * Hands an order in.
     *
     * @param key an order that comes twice under one key is printed once
     * @return the number to ask for it by
     */
    String submit(PrintOrder order, String key);

    /**
     * How an order stands.
     *
     * @return empty while it is being printed
     * @throws RejectedException when it cannot be printed
     */
    Optional<Parcel> ask(String orderNumber);

    /** What can be fetched. */
    record Parcel(int sheets, String shelf) {}

    /** The shop does not print this. */
    final class RejectedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public RejectedException(String message) {
            super(message);
        }
    }
}
