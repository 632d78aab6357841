package dev.pawl.api.local;

/**
 * What became of the steps that were executed.
 *
 * @param executed all of them
 * @param suspended that wait for work done elsewhere
 * @param retrying whose attempt failed and is followed by another
 * @param failed whose last attempt failed, and the run with it
 * @param dropped without a result: the run wanted none any more, the server went down, or nothing could be recorded
 */
public record JobCounts(int executed, int completed, int suspended, int retrying, int failed, int dropped) {}
