package dev.pawl.engine.model;

/** Names what one listener is to hear: an event by its run and sequence. */
public record DeliveryKey(String listener, RunId run, long sequence) {}
