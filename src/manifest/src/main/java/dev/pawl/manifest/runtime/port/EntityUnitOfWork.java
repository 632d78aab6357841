package dev.pawl.manifest.runtime.port;

/** The stores of one transaction. Reads see what the same unit of work wrote before. Confined to one thread. */
public interface EntityUnitOfWork {
    EntityStore entities();

    IdempotencyStore idempotency();

    EventLog events();

    RateLimitStore rateLimits();

    ApprovalStore approvals();
}
