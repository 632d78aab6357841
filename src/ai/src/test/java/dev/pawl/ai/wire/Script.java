package dev.pawl.ai.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the server answers to prompts that contain a text. A later rule comes before an earlier one; a prompt without a
 * rule is answered with its own last words. Several tests may use one server with texts of their own.
 */
public final class Script {

    /** An answer, or several for questions that follow each other, the last one for all after it. */
    record Rule(Predicate<String> matches, List<String> answers, AtomicInteger given) {
        String next() {
            return answers.get(Math.min(given.getAndIncrement(), answers.size() - 1));
        }
    }

    private record Failure(Predicate<String> matches, int status, Map<String, String> headers, AtomicInteger left) {}

    private record Gate(Predicate<String> matches, CountDownLatch latch) {}

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Failure> failures = new CopyOnWriteArrayList<>();
    private final List<Gate> gates = new CopyOnWriteArrayList<>();
    private final List<String> breaking = new CopyOnWriteArrayList<>();
    private final List<String> cut = new CopyOnWriteArrayList<>();
    private final List<String> finishedBatches = new CopyOnWriteArrayList<>();

    /** Answers prompts that contain this with these, one after the other. */
    public Script answer(String containing, String... answers) {
        rules.add(0, new Rule(text -> text.contains(containing), List.of(answers), new AtomicInteger()));
        return this;
    }

    /** Refuses prompts that contain this as often as this. */
    public Script fail(String containing, int times, int status) {
        return fail(containing, times, status, Map.of());
    }

    public Script fail(String containing, int times, int status, Map<String, String> headers) {
        failures.add(new Failure(text -> text.contains(containing), status, headers, new AtomicInteger(times)));
        return this;
    }

    /** Holds answers to prompts that contain this back, streams after their first piece, until the gate is counted down. */
    public CountDownLatch hold(String containing) {
        CountDownLatch latch = new CountDownLatch(1);
        gates.add(new Gate(text -> text.contains(containing), latch));
        return latch;
    }

    /** Streams that answer prompts that contain this end in the middle. */
    public Script breakOff(String containing) {
        breaking.add(containing);
        return this;
    }

    /** Answers to prompts that contain this reach the most tokens allowed. */
    public Script cutOff(String containing) {
        cut.add(containing);
        return this;
    }

    /** Batches with a prompt that contains this are in progress until they are told so. */
    public Script finishBatch(String containing) {
        finishedBatches.add(containing);
        return this;
    }

    boolean isFinished(String batch) {
        return finishedBatches.stream().anyMatch(batch::contains);
    }

    boolean breaksOff(String prompt) {
        return breaking.stream().anyMatch(prompt::contains);
    }

    boolean isCutOff(String prompt) {
        return cut.stream().anyMatch(prompt::contains);
    }

    @Nullable
    CountDownLatch gate(String prompt) {
        return gates.stream()
                .filter(gate -> gate.matches().test(prompt))
                .map(Gate::latch)
                .findFirst()
                .orElse(null);
    }

    String answerTo(String prompt) {
        return rules.stream()
                .filter(rule -> rule.matches().test(prompt))
                .findFirst()
                .map(Rule::next)
                .orElse(prompt);
    }

    Optional<Reply> failure(String prompt) {
        return failures.stream()
                .filter(failure ->
                        failure.matches().test(prompt) && failure.left().getAndDecrement() > 0)
                .findFirst()
                .map(failure -> Reply.error(failure.status(), "scripted trouble", failure.headers()));
    }

    static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }
}
