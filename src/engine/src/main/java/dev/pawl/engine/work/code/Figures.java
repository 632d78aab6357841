package dev.pawl.engine.work.code;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.StepFigures;
import org.jspecify.annotations.Nullable;

/** What a run has told about itself and nobody has stored yet, beside the metrics it told before. */
final class Figures {

    private final CodeHost host;
    private final ObjectNode metrics;
    private boolean metricsChanged;
    private double cost;
    private long tokens;

    /** @param stored metrics of earlier executions, a JSON object */
    Figures(CodeHost host, @Nullable String stored) {
        this.host = host;
        this.metrics = stored == null ? JsonCodec.object() : (ObjectNode) JsonCodec.parse(stored);
    }

    synchronized void metric(String name, double value) {
        metrics.put(name, value);
        metricsChanged = true;
    }

    synchronized void usage(double moreCost, long moreTokens) {
        cost += moreCost;
        tokens += moreTokens;
    }

    synchronized StepFigures take() {
        StepFigures taken = new StepFigures(
                host.takeProgress().orElse(null), metricsChanged ? metrics.toString() : null, cost, tokens);
        metricsChanged = false;
        cost = 0;
        tokens = 0;
        return taken;
    }

    /** A report that held these was not written. */
    synchronized void giveBack(StepFigures taken) {
        metricsChanged |= taken.metrics() != null;
        cost += taken.cost();
        tokens += taken.tokens();
        if (taken.progress() != null && host.takeProgress().isEmpty()) {
            host.progress(taken.progress());
        }
    }
}
