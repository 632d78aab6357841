package dev.pawl.engine.interpret;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.StageOptions;
import dev.pawl.api.flow.StartPolicies;
import dev.pawl.api.machine.MachineContext;
import dev.pawl.api.machine.StateMachine;
import dev.pawl.api.machine.Transition;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A {@link StateMachine} as the engine runs it: an instance is a run whose one step waits for events. */
public final class MachineDefinition implements Definition {

    /** The id of the step that stands for the instance. */
    public static final String STEP = "machine";

    private final StateMachine<?> machine;
    private final JavaType dataType;

    public MachineDefinition(StateMachine<?> machine) {
        this.machine = machine;
        this.dataType = JsonCodec.type(machine.dataType());
    }

    public StateMachine<?> machine() {
        return machine;
    }

    /** What an event meets. */
    public record Situation(
            String instance, String state, Instant since, JsonNode data, Instant now, String principal) {}

    /** What became of an event. */
    public sealed interface Answer {
        /** @param data as JSON, once its type has accepted it again */
        record Moved(String to, JsonNode data) implements Answer {}

        record NoTransition() implements Answer {}

        record GuardFailed() implements Answer {}
    }

    /** Data of an instance that begins with its first event; empty when instances must be started. */
    public Optional<JsonNode> startingData() {
        return machine.startingWith().map(data -> JsonCodec.toTree(data.get()));
    }

    /** @throws MachineCodeException when a guard or an action threw */
    public Answer handle(Situation situation, String event, JsonNode payload) {
        return handle(machine, situation, event, payload);
    }

    private <D> Answer handle(StateMachine<D> table, Situation situation, String event, JsonNode payload) {
        List<Transition<D>> lines = table.from(situation.state(), event);
        if (lines.isEmpty()) {
            return new Answer.NoTransition();
        }
        @SuppressWarnings("unchecked")
        D data = (D) JsonCodec.bind(situation.data(), dataType);
        try {
            for (Transition<D> line : lines) {
                Fired<D> fired = new Fired<>(situation, line, payload, data);
                if (line.guard().test(fired)) {
                    fired.data = table.exitOf(line.from()).apply(fired);
                    fired.data = line.action().apply(fired);
                    fired.data = table.entryOf(line.to()).apply(fired);
                    return new Answer.Moved(line.to(), checked(fired.data));
                }
            }
        } catch (UnfitJsonException e) {
            throw e;
        } catch (Exception e) {
            throw new MachineCodeException(id(), situation.instance(), situation.state(), event, e);
        }
        return new Answer.GuardFailed();
    }

    private JsonNode checked(Object data) {
        JsonNode json = JsonCodec.toTree(data);
        JsonCodec.bind(json, dataType);
        return json;
    }

    private static final class Fired<D> implements MachineContext<D> {
        private final Situation situation;
        private final Transition<D> line;
        private final JsonNode payload;
        private D data;

        Fired(Situation situation, Transition<D> line, JsonNode payload, D data) {
            this.situation = situation;
            this.line = line;
            this.payload = payload;
            this.data = data;
        }

        @Override
        public D data() {
            return data;
        }

        @Override
        public String instance() {
            return situation.instance();
        }

        @Override
        public String event() {
            return line.event();
        }

        @Override
        public String from() {
            return line.from();
        }

        @Override
        public String to() {
            return line.to();
        }

        @Override
        public <T> T payload(Class<T> type) {
            try {
                return type.cast(JsonCodec.bind(payload, JsonCodec.type(type)));
            } catch (UnfitJsonException e) {
                throw new UnfitJsonException(e.errors().stream()
                        .map(error -> error.under("/payload"))
                        .findFirst()
                        .orElseGet(() -> new FieldError("/payload", "does not fit")));
            }
        }

        @Override
        public Instant now() {
            return situation.now();
        }

        @Override
        public Instant since() {
            return situation.since();
        }

        @Override
        public String principal() {
            return situation.principal();
        }
    }

    @Override
    public String id() {
        return machine.id();
    }

    @Override
    public int version() {
        return machine.version();
    }

    @Override
    public String description() {
        return machine.description();
    }

    @Override
    public String kind() {
        return "machine";
    }

    @Override
    public StartPolicies startPolicies() {
        return StartPolicies.NONE;
    }

    @Override
    public JavaType inputType() {
        return dataType;
    }

    @Override
    public JavaType outputType() {
        return dataType;
    }

    @Override
    public void checkInput(JsonNode input) {
        JsonCodec.bind(input, dataType);
    }

    @Override
    public Decision next(Run run, Instant now) {
        return new Decision.Wait();
    }

    @Override
    public Optional<StageOptions> options(String stepId) {
        return Optional.empty();
    }

    @Override
    public Optional<Decision.Open> restart(String stepId, Instant now) {
        return Optional.empty();
    }

    @Override
    public Optional<Decision.Open> open(int group, Instant now) {
        return Optional.empty();
    }

    @Override
    public void checkStepInput(String stepId, JsonNode input) {
        throw new UnfitJsonException(new FieldError("", "a machine takes events, not input"));
    }

    @Override
    public boolean has(StepState step) {
        return step.id().equals(STEP);
    }

    @Override
    public List<String> inputsOf(StepState step) {
        return List.of();
    }

    @Override
    public ObjectNode completeConfig(ObjectNode config) {
        if (!config.isEmpty()) {
            throw new UnfitJsonException(new FieldError("", "machine '" + id() + "' has no config"));
        }
        return config;
    }
}
