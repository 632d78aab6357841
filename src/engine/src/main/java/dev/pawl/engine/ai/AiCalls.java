package dev.pawl.engine.ai;

import dev.pawl.api.ai.Ai;
import dev.pawl.api.ai.AiUsage;
import dev.pawl.engine.port.AiCallLog;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Ids;
import java.util.function.Consumer;

/** Gives each attempt of a stage its way to the models. */
public final class AiCalls {

    private final AiModels models;
    private final AiCallLog log;
    private final Clock clock;
    private final Ids ids;
    private final int longestText;
    private final AnswerSchemas schemas = new AnswerSchemas();

    /**
     * @param log writes each time in a transaction of its own
     * @param longestText characters of a prompt or response that are recorded; none at 0
     */
    public AiCalls(AiModels models, AiCallLog log, Clock clock, Ids ids, int longestText) {
        this.models = models;
        this.log = log;
        this.clock = clock;
        this.ids = ids;
        this.longestText = longestText;
    }

    /** @param meter told what each call used */
    public Ai of(AiCaller caller, Consumer<AiUsage> meter) {
        Ledger ledger = new Ledger(caller, log, clock, ids, longestText, meter);
        return new StepAi(caller, models, schemas, ledger, new BatchDesk(models, schemas, ledger, clock));
    }
}
