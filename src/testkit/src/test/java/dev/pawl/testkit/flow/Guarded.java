package dev.pawl.testkit.flow;

import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;

/** A stage under policies. */
final class Guarded implements Stage<Order, String> {

    interface Body {
        String call(Order order) throws Exception;
    }

    private final String id;
    private final StageOptions options;
    private final Body body;

    Guarded(String id, StageOptions options, Body body) {
        this.id = id;
        this.options = options;
        this.body = body;
    }

    @Override
    public String execute(StageContext context, Order order) throws Exception {
        return body.call(order);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public StageOptions options() {
        return options;
    }
}
