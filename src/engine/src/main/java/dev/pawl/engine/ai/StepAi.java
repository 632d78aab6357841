package dev.pawl.engine.ai;

import dev.pawl.api.ai.Ai;
import dev.pawl.api.ai.AiAnswer;
import dev.pawl.api.ai.AiBatch;
import dev.pawl.api.ai.AiBatchRequest;
import dev.pawl.api.ai.AiBatchResult;
import dev.pawl.api.ai.AiBatchStatus;
import dev.pawl.api.ai.AiException;
import dev.pawl.api.ai.AiModel;
import dev.pawl.api.ai.AiPrompt;
import dev.pawl.api.ai.AiTexts;
import dev.pawl.api.ai.AiUsage;
import dev.pawl.engine.ai.AiProvider.Reply;
import dev.pawl.engine.ai.AiProvider.Vectors;
import dev.pawl.engine.ai.AnswerSchemas.AnswerSchema;
import dev.pawl.engine.model.AiCall;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What one attempt of a stage asks of models: find the model, ask it, judge the answer, write down the call. */
final class StepAi implements Ai {

    private final AiCaller caller;
    private final AiModels models;
    private final AnswerSchemas schemas;
    private final Ledger ledger;
    private final BatchDesk batches;

    StepAi(AiCaller caller, AiModels models, AnswerSchemas schemas, Ledger ledger, BatchDesk batches) {
        this.caller = caller;
        this.models = models;
        this.schemas = schemas;
        this.ledger = ledger;
        this.batches = batches;
    }

    @Override
    public AiAnswer<String> text(AiPrompt prompt) {
        AiModel model = models.model(prompt.model());
        AiCall call = begin(AiCall.Type.TEXT, model, prompt);
        Reply reply = asking(call, () -> models.providerOf(model).chat(Conversation.chat(prompt, model, null)));
        return answered(call, model, reply);
    }

    @Override
    public AiAnswer<String> stream(AiPrompt prompt, Consumer<String> parts) {
        AiModel model = models.model(prompt.model());
        AiCall call = begin(AiCall.Type.STREAM, model, prompt);
        StringBuilder arrived = new StringBuilder();
        Consumer<String> handing = part -> {
            arrived.append(part);
            try {
                parts.accept(part);
            } catch (RuntimeException e) {
                throw new PartRefused(e);
            }
        };
        try {
            Reply reply = models.providerOf(model).stream(Conversation.chat(prompt, model, null), handing);
            return answered(call, model, reply);
        } catch (AiProviderException e) {
            ledger.failed(call, e.code(), String.valueOf(e.getMessage()), arrived.toString());
            throw e.forStage(what(call));
        } catch (PartRefused e) {
            ledger.failed(call, "AI_PART_REFUSED", String.valueOf(e.getCause()), arrived.toString());
            throw e.cause;
        }
    }

    @Override
    public <T> AiAnswer<T> object(AiPrompt prompt, Class<T> type) {
        AiModel model = models.model(prompt.model());
        AnswerSchema schema = schemas.of(type);
        AiUsage used = AiUsage.NONE;
        AiPrompt asked = prompt;
        for (int repairsLeft = prompt.repairs(); ; repairsLeft--) {
            AiProvider.Chat chat = Conversation.chat(asked, model, schema);
            AiCall call = begin(AiCall.Type.OBJECT, model, asked);
            Reply reply = asking(call, () -> models.providerOf(model).chat(chat));
            AiUsage usage = model.prices().answer(reply.inputTokens(), reply.outputTokens());
            used = used.plus(usage);
            try {
                T value = Answers.read(reply.text(), schema, type);
                ledger.succeeded(call, usage, reply.text());
                return new AiAnswer<>(value, used, reply.truncated());
            } catch (Answers.Unfit e) {
                ledger.invalid(call, usage, reply.text(), e.why());
                if (repairsLeft == 0) {
                    throw new AiException(Answers.INVALID, unfit(call, type, reply, e), null);
                }
                asked = Conversation.repaired(asked, reply.text(), e.why());
            }
        }
    }

    private String unfit(AiCall call, Class<?> type, Reply reply, Answers.Unfit why) {
        return what(call) + " did not answer with a valid " + type.getName() + ": " + why.why()
                + (reply.truncated() ? " (the answer ends where the longest one allowed does)" : "");
    }

    @Override
    public AiAnswer<List<float[]>> embed(AiTexts texts) {
        AiModel model = models.model(texts.model());
        AiCall call = ledger.begin(AiCall.Type.EMBEDDING, model, texts.topic(), String.join("\n\n", texts.texts()));
        Duration timeout = texts.timeout();
        Vectors vectors = asking(call, () -> models.providerOf(model)
                .embed(model, texts.texts(), timeout == null ? model.timeout() : timeout));
        AiUsage usage = model.prices().vectors(vectors.tokens());
        int dimensions = vectors.vectors().isEmpty() ? 0 : vectors.vectors().get(0).length;
        ledger.succeeded(call, usage, vectors.vectors().size() + " vectors of " + dimensions + " dimensions");
        return new AiAnswer<>(vectors.vectors(), usage, false);
    }

    @Override
    public AiBatch submit(AiBatchRequest request) {
        return batches.submit(request);
    }

    @Override
    public AiBatchStatus status(AiBatch batch) {
        return batches.status(batch);
    }

    @Override
    public List<AiBatchResult<String>> results(AiBatch batch) {
        return batches.results(batch);
    }

    @Override
    public <T> List<AiBatchResult<T>> results(AiBatch batch, Class<T> type) {
        return batches.results(batch, type);
    }

    @Override
    public void cancel(AiBatch batch) {
        batches.cancel(batch);
    }

    private AiCall begin(AiCall.Type type, AiModel model, AiPrompt prompt) {
        return ledger.begin(type, model, prompt.topic(), Conversation.written(prompt.messages()));
    }

    private AiAnswer<String> answered(AiCall call, AiModel model, Reply reply) {
        AiUsage usage = model.prices().answer(reply.inputTokens(), reply.outputTokens());
        ledger.succeeded(call, usage, reply.text());
        return new AiAnswer<>(reply.text(), usage, reply.truncated());
    }

    private <T> T asking(AiCall call, Supplier<T> question) {
        try {
            return question.get();
        } catch (AiProviderException e) {
            ledger.failed(call, e.code(), String.valueOf(e.getMessage()), "");
            throw e.forStage(what(call));
        }
    }

    private String what(AiCall call) {
        return "model '" + call.model() + "', asked by " + caller + ",";
    }

    /** Carries what the author's code threw through the adapter. */
    private static final class PartRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient RuntimeException cause;

        PartRefused(RuntimeException cause) {
            super(null, cause, false, false);
            this.cause = cause;
        }
    }
}
