package dev.pawl.api.flow;

/** What a stage, or a step of durable code, declares about its calls. */
public sealed interface StepPolicy permits Concurrency, RateLimit, Bulkhead, CircuitBreaker, Cache {}
