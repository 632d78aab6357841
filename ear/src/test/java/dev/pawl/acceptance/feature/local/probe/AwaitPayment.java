package dev.pawl.acceptance.feature.local.probe;

import dev.pawl.acceptance.feature.local.probe.LocalWorkflows.Order;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Wait;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;

/** Waits for the payment of an order and answers what it was told. */
@Workflow("local-await-payment")
public class AwaitPayment implements DurableWorkflow<Order, Order> {

    @Override
    public Order run(WorkflowContext ctx, Order order) {
        return ctx.require(Wait.forEvent(LocalWorkflows.PAID).correlatedBy(order.name()));
    }
}
