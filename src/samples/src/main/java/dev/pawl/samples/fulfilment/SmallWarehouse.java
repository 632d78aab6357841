package dev.pawl.samples.fulfilment;

import dev.pawl.samples.fulfilment.OrderFulfilment.Order;
import java.lang.System.Logger.Level;

/** Has ten of everything for everybody, and tells the server's log what it does. */
public final class SmallWarehouse implements Warehouse {

    private static final int SHELF = 10;
    private static final System.Logger LOG = System.getLogger(SmallWarehouse.class.getName());

    @Override
    public int reserve(Order order, String key) {
        LOG.log(Level.INFO, "Reserved for {0} ({1})", order.id(), key);
        return Math.max(0, order.quantity() - SHELF);
    }

    @Override
    public void release(Order order, String key) {
        LOG.log(Level.INFO, "Released what was reserved for {0} ({1})", order.id(), key);
    }

    @Override
    public String ship(Order order, String key) {
        LOG.log(Level.INFO, "Shipped {0} ({1})", order.id(), key);
        return "parcel-" + order.id();
    }
}
