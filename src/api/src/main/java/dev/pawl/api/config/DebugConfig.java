package dev.pawl.api.config;

/**
 * What helps to find a mistake.
 *
 * @param verbose whether the stage logs what it does in detail; default no
 * @param dryRun whether the stage leaves the world outside as it is; default no
 * @param logPayloads whether the stage logs what it sends and receives; default no
 * @param payloadChars characters of a payload it logs at most, 0 to 100,000; default 2,000
 */
public record DebugConfig(boolean verbose, boolean dryRun, boolean logPayloads, int payloadChars) {

    public static final DebugConfig DEFAULT = new DebugConfig(false, false, false, 2_000);

    public DebugConfig {
        Range.check("payloadChars", payloadChars, 0, 100_000);
    }

    public DebugConfig withVerbose(boolean value) {
        return new DebugConfig(value, dryRun, logPayloads, payloadChars);
    }

    public DebugConfig withDryRun(boolean value) {
        return new DebugConfig(verbose, value, logPayloads, payloadChars);
    }

    public DebugConfig withLogPayloads(boolean value) {
        return new DebugConfig(verbose, dryRun, value, payloadChars);
    }

    public DebugConfig withPayloadChars(int value) {
        return new DebugConfig(verbose, dryRun, logPayloads, value);
    }
}
