package dev.pawl.samples.fulfilment;

import dev.pawl.samples.fulfilment.OrderFulfilment.Order;

/** Where goods lie. A call that comes twice under one key has its effect once. */
public interface Warehouse {

    /** Puts goods aside for an order, as many as there are; answers how many are missing. */
    int reserve(Order order, String key);

    /** Puts the goods of an order back on the shelf. */
    void release(Order order, String key);

    /** Sends the goods and answers the parcel's number. */
    String ship(Order order, String key);
}
