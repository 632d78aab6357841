package dev.pawl.bench.measure;

import java.time.Duration;

/**
 * What a piece of work cost as a whole.
 *
 * @param reading what was counted from its begin to its end
 * @param commits transactions the database committed for the server, those that only read included
 * @param scannedRows rows read by going through whole tables instead of an index
 * @param took from the first reading to the last
 */
public record Cost(Reading reading, long commits, long scannedRows, Duration took) {}
