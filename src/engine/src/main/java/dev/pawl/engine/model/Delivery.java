package dev.pawl.engine.model;

/**
 * An event on its way to a listener, in the hands of one server.
 *
 * @param attempt the number of the call it was taken for, from 1
 */
public record Delivery(
        DeliveryKey key, int attempt, String tenant, String workflowId, String correlationId, RunEvent event) {}
