package dev.pawl.samples.printing;

import dev.pawl.api.Pipeline;

/** Has something printed elsewhere and tells the customer where it is. */
public final class PrintOnDemand {

    private PrintOnDemand() {}

    public static Pipeline<PrintOrder, ?> pipeline(PrintShop shop) {
        return Pipeline.named("print-on-demand", PrintOrder.class)
                .describedAs(
                        "Hands an order to a print shop, waits for it without holding anything, tells the customer")
                .then(new PrintElsewhere(shop))
                .then(new TellCustomer())
                .build();
    }
}
