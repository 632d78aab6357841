package dev.pawl.api.flow;

/** What a workflow declares about the starts of its runs; it holds over all servers, for each tenant by itself. */
public sealed interface StartPolicy permits Concurrency, RateLimit, Fairness, Debounce {}
