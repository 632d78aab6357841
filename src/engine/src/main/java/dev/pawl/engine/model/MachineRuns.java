package dev.pawl.engine.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names the runs of state machines' instances. */
public final class MachineRuns {

    private static final int HASH_CHARS = 40;

    private MachineRuns() {}

    /** The same for the same names; lengths keep apart what the names alone would confuse. */
    public static RunId idOf(String tenant, String machine, String instance) {
        try {
            String names = tenant.length() + ":" + tenant + machine.length() + ":" + machine + instance;
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
            return new RunId("machine-" + HexFormat.of().formatHex(digest).substring(0, HASH_CHARS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
