package dev.pawl.bench;

import dev.pawl.bench.peer.PeerEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is measured, and how large.
 *
 * @param parts which parts, in any order
 * @param runs runs for each number of clients that wait for their runs
 * @param burst runs started as fast as {@code burstClients} clients can, none waiting
 * @param inside how long clients inside the server start runs and wait for them, for each number of clients
 * @param insideClients numbers of clients inside the server
 * @param insideBurst runs queued while the worker is busy with others, and then worked off
 * @param insideWarmUp runs started inside the server before any of these is measured
 * @param fanOuts runs that fan out, one after the other
 * @param timers runs that sleep until times {@code timersPerSecond} apart
 * @param waiters runs that wait, each for an event
 * @param commands entity commands of each figure
 * @param instances how many instances each client has, where it has more than one
 * @param sleepers runs that sleep for long while nothing happens
 * @param warmUp runs before anything is measured
 * @param growth how many finished runs there are in the database at each step of the last part
 * @param idleSeconds how long nothing happens while statements are counted
 * @param peers which other engines are measured beside ours
 * @param rounds how often each of them and ours take turns
 * @param peerWarmUp seconds before the first turn of another engine
 * @param keys whether requests carry idempotency keys
 * @param statements how many of the statements called most are printed under each figure
 * @param shortMicro whether micro-benchmarks only show that they run
 * @param folder where the processes keep their files
 * @param jvm options of the server's JVM
 */
record BenchmarkPlan(
        Set<Part> parts,
        Map<Integer, Integer> runs,
        int burst,
        int burstClients,
        Duration inside,
        List<Integer> insideClients,
        int insideBurst,
        int insideWarmUp,
        int fanOuts,
        int timers,
        int timersPerSecond,
        int waiters,
        int commands,
        int instances,
        int sleepers,
        int warmUp,
        List<Integer> growth,
        int idleSeconds,
        List<PeerEngine> peers,
        int rounds,
        int peerWarmUp,
        boolean keys,
        int statements,
        boolean shortMicro,
        Path folder,
        List<String> jvm) {

    enum Part {
        IDLE,
        SEQUENCE,
        BURST,
        INSIDE,
        CODE,
        TRANSACTIONS,
        FAN_OUT,
        TIMERS,
        EVENTS,
        JMS,
        ENTITIES,
        GROWTH,
        SLEEPERS,
        MANIFEST
    }

    private static final Map<String, String> DEFAULTS = defaults();

    private static Map<String, String> defaults() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                "parts",
                "idle,sequence,burst,inside,code,transactions,fan_out,timers,events,jms,entities,growth,sleepers,manifest");
        values.put("runs", "1:300,16:2000,64:2000");
        values.put("burst", "1000");
        values.put("burstClients", "16");
        values.put("insideSeconds", "5");
        values.put("insideClients", "1,16,64");
        values.put("insideBurst", "10000");
        values.put("insideWarmUp", "20000");
        values.put("fanOuts", "20");
        values.put("timers", "500");
        values.put("timersPerSecond", "50");
        values.put("waiters", "1000");
        values.put("commands", "5000");
        values.put("instances", "64");
        values.put("sleepers", "100000");
        values.put("warmUp", "3000");
        values.put("growth", "100000");
        values.put("idleSeconds", "30");
        values.put("peers", "");
        values.put("rounds", "3");
        values.put("peerWarmUp", "20");
        values.put("keys", "false");
        values.put("statements", "0");
        values.put("shortMicro", "false");
        values.put("folder", "bench");
        values.put("jvm", "-Xmx1g");
        return values;
    }

    /**
     * Reads options of the form {@code name=value}, separated by blanks.
     *
     * @throws IllegalArgumentException naming the option that is not understood and those there are
     */
    static BenchmarkPlan of(String... options) {
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        for (String option : String.join(" ", options).trim().split("\\s+")) {
            if (!option.isEmpty()) {
                int equals = option.indexOf('=');
                if (equals < 0 || !values.containsKey(option.substring(0, equals))) {
                    throw new IllegalArgumentException(
                            "'" + option + "' is not an option; options and their defaults: " + DEFAULTS);
                }
                values.put(option.substring(0, equals), option.substring(equals + 1));
            }
        }
        Map<Integer, Integer> runs = new LinkedHashMap<>();
        for (String pair : list(values.get("runs"))) {
            String[] parts = pair.split(":");
            runs.put(Integer.valueOf(parts[0]), Integer.valueOf(parts[1]));
        }
        return new BenchmarkPlan(
                Set.copyOf(list(values.get("parts")).stream()
                        .map(name -> Part.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList()),
                runs,
                number(values, "burst"),
                number(values, "burstClients"),
                Duration.ofSeconds(number(values, "insideSeconds")),
                list(values.get("insideClients")).stream().map(Integer::valueOf).toList(),
                number(values, "insideBurst"),
                number(values, "insideWarmUp"),
                number(values, "fanOuts"),
                number(values, "timers"),
                number(values, "timersPerSecond"),
                number(values, "waiters"),
                number(values, "commands"),
                number(values, "instances"),
                number(values, "sleepers"),
                number(values, "warmUp"),
                list(values.get("growth")).stream().map(Integer::valueOf).toList(),
                number(values, "idleSeconds"),
                list(values.get("peers")).stream().map(PeerEngine::of).toList(),
                number(values, "rounds"),
                number(values, "peerWarmUp"),
                Boolean.parseBoolean(values.get("keys")),
                number(values, "statements"),
                Boolean.parseBoolean(values.get("shortMicro")),
                Path.of(values.get("folder")),
                list(values.get("jvm")));
    }

    /** Whether any of it needs the server. */
    boolean hasStand() {
        return !peers.isEmpty() || parts.stream().anyMatch(part -> part != Part.MANIFEST);
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    private static int number(Map<String, String> values, String name) {
        try {
            return Integer.parseInt(values.get(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, not '" + values.get(name) + "'", e);
        }
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",")).filter(item -> !item.isBlank()).toList();
    }
}
