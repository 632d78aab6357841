package dev.pawl.engine.model.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker as all servers share it. It changes by failures and probes alone: success while it is closed is told
 * to nobody.
 *
 * @param failures when calls failed lately, oldest first, while it is closed
 * @param until while it is open: when probes may begin
 * @param probes until when each probe on its way may take; a probe whose server died makes room then
 * @param successes probes that went well since it became half open
 */
public record Breaker(
        State state, List<Instant> failures, @Nullable Instant until, List<Instant> probes, int successes) {

    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    public static final Breaker CLOSED = new Breaker(State.CLOSED, List.of(), null, List.of(), 0);

    public Breaker {
        failures = List.copyOf(failures);
        probes = List.copyOf(probes);
    }

    /** A call failed; those that are still under way when it opens change nothing. */
    public Breaker failed(Instant now, int most, Duration within, Duration openFor) {
        if (state != State.CLOSED) {
            return this;
        }
        List<Instant> lately = new ArrayList<>();
        failures.stream().filter(time -> time.isAfter(now.minus(within))).forEach(lately::add);
        lately.add(now);
        return lately.size() >= most ? opened(now, openFor) : new Breaker(State.CLOSED, lately, null, List.of(), 0);
    }

    public Breaker opened(Instant now, Duration openFor) {
        return new Breaker(State.OPEN, List.of(), now.plus(openFor), List.of(), 0);
    }

    /** Whether a probe may begin. */
    public boolean allowsProbe(Instant now, int most) {
        return switch (state) {
            case CLOSED -> false;
            case OPEN -> until != null && !now.isBefore(until);
            case HALF_OPEN -> running(now).size() + successes < most;
        };
    }

    public Breaker probing(Instant now, Duration atMost) {
        List<Instant> running = new ArrayList<>(running(now));
        running.add(now.plus(atMost));
        return new Breaker(State.HALF_OPEN, List.of(), null, running, state == State.HALF_OPEN ? successes : 0);
    }

    /** A probe went well. */
    public Breaker probed(Instant now, int enough) {
        if (state != State.HALF_OPEN) {
            return this;
        }
        List<Instant> running = running(now);
        List<Instant> others = running.isEmpty() ? running : running.subList(1, running.size());
        return successes + 1 >= enough ? CLOSED : new Breaker(state, List.of(), null, others, successes + 1);
    }

    private List<Instant> running(Instant now) {
        return probes.stream().filter(now::isBefore).toList();
    }

    public String encoded() {
        return times(failures) + "|" + (until == null ? "" : until) + "|" + times(probes) + "|" + successes;
    }

    public static Breaker decode(State state, String text) {
        String[] parts = text.split("\\|", -1);
        return new Breaker(
                state,
                times(parts[0]),
                parts[1].isEmpty() ? null : Instant.parse(parts[1]),
                times(parts[2]),
                Integer.parseInt(parts[3]));
    }

    private static String times(List<Instant> times) {
        return times.stream().map(Instant::toString).collect(Collectors.joining(","));
    }

    private static List<Instant> times(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(Instant::parse).toList();
    }
}
