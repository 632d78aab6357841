package dev.pawl.engine.ai;

import dev.pawl.api.ai.AiBatch;
import dev.pawl.api.ai.AiBatchRequest;
import dev.pawl.api.ai.AiBatchResult;
import dev.pawl.api.ai.AiBatchStatus;
import dev.pawl.api.ai.AiException;
import dev.pawl.api.ai.AiModel;
import dev.pawl.api.ai.AiUsage;
import dev.pawl.engine.ai.AiProvider.Outcome;
import dev.pawl.engine.ai.AiProvider.Reply;
import dev.pawl.engine.ai.AnswerSchemas.AnswerSchema;
import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.AiCall.Status;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.port.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands batches to providers and reads what came of them. Each prompt is a call in the log, from submission to result. */
final class BatchDesk {

    private final AiModels models;
    private final AnswerSchemas schemas;
    private final Ledger ledger;
    private final Clock clock;

    BatchDesk(AiModels models, AnswerSchemas schemas, Ledger ledger, Clock clock) {
        this.models = models;
        this.schemas = schemas;
        this.ledger = ledger;
        this.clock = clock;
    }

    AiBatch submit(AiBatchRequest request) {
        if (request.prompts().isEmpty()) {
            throw new IllegalArgumentException("A batch has at least one prompt");
        }
        AiModel model = models.model(request.model());
        Class<?> type = request.type();
        @Nullable AnswerSchema schema = type == null ? null : schemas.of(type);
        List<AiProvider.Item> items = new ArrayList<>();
        request.prompts()
                .forEach((id, prompt) -> items.add(new AiProvider.Item(id, Conversation.chat(prompt, model, schema))));
        String topic = ledger.topicOr(request.topic());
        Instant submittedAt = clock.now();
        String id = asking("batch of " + items.size() + " prompts", model, () -> submitOnce(model, topic, items));
        AiBatch batch = new AiBatch(
                model.name(), id, topic, List.copyOf(request.prompts().keySet()), submittedAt);
        ledger.submitted(request.prompts().entrySet().stream()
                .map(item -> call(
                        batch,
                        model,
                        item.getKey(),
                        Conversation.written(item.getValue().messages())))
                .toList());
        return batch;
    }

    /** An attempt that died after it had submitted has left a batch, which would be paid for in vain. */
    private String submitOnce(AiModel model, String topic, List<AiProvider.Item> items) {
        AiProvider provider = models.providerOf(model);
        String key = BatchIds.key(ledger.caller(), topic, items);
        return provider.find(model, key).orElseGet(() -> provider.submit(model, key, items));
    }

    AiBatchStatus status(AiBatch batch) {
        AiModel model = models.model(batch.model());
        return asking(what(batch), model, () -> models.providerOf(model).status(model, batch.id()));
    }

    void cancel(AiBatch batch) {
        AiModel model = models.model(batch.model());
        asking(what(batch), model, () -> {
            models.providerOf(model).cancel(model, batch.id());
            return true;
        });
    }

    List<AiBatchResult<String>> results(AiBatch batch) {
        return read(batch, Reply::text);
    }

    <T> List<AiBatchResult<T>> results(AiBatch batch, Class<T> type) {
        AnswerSchema schema = schemas.of(type);
        return read(batch, reply -> Answers.read(reply.text(), schema, type));
    }

    private interface Reading<T> {
        T of(Reply reply) throws Answers.Unfit;
    }

    private <T> List<AiBatchResult<T>> read(AiBatch batch, Reading<T> reading) {
        AiModel model = models.model(batch.model());
        requireFinished(batch);
        Map<String, Outcome> outcomes = new HashMap<>();
        asking(what(batch), model, () -> models.providerOf(model).results(model, batch.id(), batch.items()))
                .forEach(outcome -> outcomes.put(outcome.item(), outcome));
        List<AiBatchResult<T>> results = new ArrayList<>();
        List<AiCall> calls = new ArrayList<>();
        for (String item : batch.items()) {
            AiBatchResult<T> result = result(item, outcomes.get(item), model, reading);
            results.add(result);
            calls.add(ended(call(batch, model, item, ""), result, outcomes.get(item)));
        }
        ledger.settled(calls);
        return results;
    }

    private void requireFinished(AiBatch batch) {
        AiBatchStatus status = status(batch);
        if (!status.isFinished()) {
            throw new AiException(
                    "AI_BATCH_UNFINISHED",
                    what(batch) + " has answered " + status.completed() + " of " + status.total()
                            + " prompts so far; ask for its status first, and come back later",
                    null);
        }
    }

    private static <T> AiBatchResult<T> result(
            String item, @Nullable Outcome outcome, AiModel model, Reading<T> reading) {
        Reply reply = outcome == null ? null : outcome.reply();
        if (reply == null) {
            AiProviderException failure = outcome == null ? null : outcome.failure();
            return failure == null
                    ? new AiBatchResult<>(
                            item, null, "AI_UNAVAILABLE", "the batch ended without an answer to it", AiUsage.NONE)
                    : new AiBatchResult<>(item, null, failure.code(), failure.getMessage(), AiUsage.NONE);
        }
        AiUsage usage = model.prices().batchAnswer(reply.inputTokens(), reply.outputTokens());
        try {
            return new AiBatchResult<>(item, reading.of(reply), null, null, usage);
        } catch (Answers.Unfit e) {
            return new AiBatchResult<>(item, null, Answers.INVALID, e.why(), usage);
        }
    }

    private AiCall ended(AiCall call, AiBatchResult<?> result, @Nullable Outcome outcome) {
        Reply reply = outcome == null ? null : outcome.reply();
        String code = result.errorCode();
        Status status = code == null ? Status.SUCCEEDED : reply == null ? Status.FAILED : Status.INVALID;
        return ledger.ended(
                call,
                status,
                code == null ? null : Failure.of(code, String.valueOf(result.errorMessage())),
                reply == null ? "" : reply.text(),
                result.usage());
    }

    private AiCall call(AiBatch batch, AiModel model, String item, String prompt) {
        return ledger.inBatch(
                BatchIds.call(model, batch.id(), item), model, batch.topic(), batch.id(), prompt, batch.submittedAt());
    }

    private <T> T asking(String what, AiModel model, Supplier<T> question) {
        try {
            return question.get();
        } catch (AiProviderException e) {
            throw e.forStage(what + " for model '" + model.name() + "', asked for by " + ledger.caller() + ",");
        }
    }

    private static String what(AiBatch batch) {
        return "batch " + batch.id();
    }
}
