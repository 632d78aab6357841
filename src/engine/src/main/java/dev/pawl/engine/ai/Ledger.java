package dev.pawl.engine.ai;

import dev.pawl.api.ai.AiException;
import dev.pawl.api.ai.AiModel;
import dev.pawl.api.ai.AiUsage;
import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.AiCall.Status;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.port.AiCallLog;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Ids;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what one attempt asked of models, at once and before the attempt goes on, so that nothing paid for is
 * forgotten with it.
 */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int TRIES = 6;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AiCaller caller;
    private final AiCallLog log;
    private final Clock clock;
    private final Ids ids;
    private final int longestText;
    private final Consumer<AiUsage> meter;

    Ledger(AiCaller caller, AiCallLog log, Clock clock, Ids ids, int longestText, Consumer<AiUsage> meter) {
        this.caller = caller;
        this.log = log;
        this.clock = clock;
        this.ids = ids;
        this.longestText = longestText;
        this.meter = meter;
    }

    AiCaller caller() {
        return caller;
    }

    /** A call that begins now; nothing is written yet. */
    AiCall begin(AiCall.Type type, AiModel model, @Nullable String topic, String prompt) {
        return call(ids.next(), type, model, topicOr(topic), null, prompt, clock.now());
    }

    /** A prompt of a batch that was submitted then. */
    AiCall inBatch(String id, AiModel model, String topic, String batch, String prompt, Instant submittedAt) {
        return call(id, AiCall.Type.BATCH, model, topic, batch, prompt, submittedAt);
    }

    String topicOr(@Nullable String topic) {
        return topic == null ? caller.usualTopic() : topic;
    }

    private AiCall call(
            String id,
            AiCall.Type type,
            AiModel model,
            String topic,
            @Nullable String batch,
            String prompt,
            Instant at) {
        return new AiCall(
                id,
                caller.tenant(),
                caller.run(),
                caller.workflowId(),
                caller.stepId(),
                caller.attempt(),
                topic,
                type,
                model.name(),
                model.model(),
                Status.SUBMITTED,
                null,
                batch,
                shortened(prompt),
                "",
                0,
                0,
                BigDecimal.ZERO,
                Duration.ZERO,
                at);
    }

    void succeeded(AiCall call, AiUsage usage, String response) {
        write(ended(call, Status.SUCCEEDED, null, response, usage));
        meter.accept(usage);
    }

    /** Answered, but not with what was asked for; it costs as much. */
    void invalid(AiCall call, AiUsage usage, String response, String why) {
        write(ended(call, Status.INVALID, Failure.of(Answers.INVALID, why), response, usage));
        meter.accept(usage);
    }

    /** @param response what had come until then */
    void failed(AiCall call, String code, String why, String response) {
        write(ended(call, Status.FAILED, Failure.of(code, why), response, AiUsage.NONE));
    }

    AiCall ended(AiCall call, Status as, @Nullable Failure why, String response, AiUsage usage) {
        Duration took = Duration.between(call.at(), clock.now());
        return call.ended(as, why, shortened(response), took.isNegative() ? Duration.ZERO : took)
                .using(usage.inputTokens(), usage.outputTokens(), usage.cost());
    }

    /** The prompts of a batch that the provider has accepted. */
    void submitted(List<AiCall> calls) {
        repeating(calls, () -> {
            log.record(calls);
            return Set.of();
        });
    }

    /** Keeps how the prompts of a batch ended, and counts those that nobody has counted before. */
    void settled(List<AiCall> calls) {
        Set<String> now = repeating(calls, () -> log.settle(calls));
        meter.accept(calls.stream()
                .filter(call -> now.contains(call.id()))
                .map(call -> new AiUsage(call.inputTokens(), call.outputTokens(), call.cost()))
                .reduce(AiUsage.NONE, AiUsage::plus));
    }

    private void write(AiCall call) {
        List<AiCall> calls = List.of(call);
        repeating(calls, () -> {
            log.record(calls);
            return Set.of();
        });
    }

    /**
     * What was paid for is worth a few tries. The thread may have been interrupted by then, which the database must not
     * notice: an embedded one would close its files.
     */
    private Set<String> repeating(List<AiCall> calls, Supplier<Set<String>> writing) {
        boolean interrupted = Thread.interrupted();
        try {
            long pause = FIRST_PAUSE_NANOS;
            for (int left = TRIES - 1; ; left--) {
                try {
                    return writing.get();
                } catch (RuntimeException e) {
                    if (left == 0) {
                        throw unrecorded(calls, e);
                    }
                    LOG.warn("A call of an AI model by {} could not be recorded and is tried again", caller, e);
                    LockSupport.parkNanos(pause);
                    pause *= 2;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private AiException unrecorded(List<AiCall> calls, RuntimeException cause) {
        for (AiCall call : calls) {
            LOG.error(
                    "Not recorded: {} call {} of model {} under {} by {}: {}, {} + {} tokens, cost {}",
                    call.type(),
                    call.id(),
                    call.model(),
                    call.topic(),
                    caller,
                    call.status(),
                    call.inputTokens(),
                    call.outputTokens(),
                    call.cost());
        }
        return new AiException(
                "AI_CALL_NOT_RECORDED", "what " + caller + " asked of a model could not be recorded", cause);
    }

    private String shortened(String text) {
        if (text.length() <= longestText) {
            return text;
        }
        int end = longestText > 0 && Character.isHighSurrogate(text.charAt(longestText - 1))
                ? longestText - 1
                : longestText;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }
}
