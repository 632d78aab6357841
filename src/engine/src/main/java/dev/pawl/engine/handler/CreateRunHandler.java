package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.TraceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks everything about a run that can be checked before it starts, and stores it PENDING. */
final class CreateRunHandler implements Handler<CreateRun, CreateRun.Created> {

    private static final int LONGEST_CORRELATION = 255;

    private final Definitions definitions;

    CreateRunHandler(Definitions definitions) {
        this.definitions = definitions;
    }

    @Override
    public CreateRun.Created handle(CreateRun command, UnitOfWork work) {
        return create(command, work.ports().tracing().current().orElse(null), work);
    }

    /** Creates a run in this trace. */
    CreateRun.Created create(CreateRun command, @Nullable TraceContext trace, UnitOfWork work) {
        RunId id = new RunId(work.ports().ids().next());
        Origin origin = new Origin(work.caller().tenant(), work.caller().principal(), null, trace);
        return create(command, id, origin, work);
    }

    /** Creates a child, on behalf of whoever started its parent. */
    CreateRun.Created create(CreateRun command, RunId id, RunHeader parent, UnitOfWork work) {
        // not the trace of this thread, which may report for many runs at once
        return create(command, id, new Origin(parent.tenant(), parent.principal(), parent.id(), parent.trace()), work);
    }

    private record Origin(
            String tenant,
            String principal,
            @Nullable RunId parent,
            @Nullable TraceContext trace) {}

    private CreateRun.Created create(CreateRun command, RunId id, Origin origin, UnitOfWork work) {
        Definition definition = find(command);
        if (definition instanceof MachineDefinition) {
            throw invalid(
                    "/workflowId",
                    "'" + definition.id() + "' is a state machine; its instances begin by a start or by an event");
        }
        JsonNode input = command.input() == null ? NullNode.getInstance() : command.input();
        checkInput(definition, input);
        ObjectNode config = completeConfig(definition, object("/config", command.config()));
        ObjectNode metadata = object("/metadata", command.metadata());
        int priority = priority(command);
        RunHeader header = new RunHeader(
                id,
                origin.tenant(),
                definition.id(),
                definition.version(),
                priority,
                correlationId(command, id),
                origin.principal(),
                origin.parent(),
                work.now(),
                origin.trace());
        Optional<StartLimits> limits = StartLimits.of(definition, origin.tenant(), input);
        boolean gathers = origin.parent() == null;
        Optional<Run> gathering =
                limits.filter(limit -> gathers && limit.debounces()).flatMap(limit -> limit.gathering(work));
        if (gathering.isPresent()) {
            Run earlier = gathering.get();
            String key = "runs/" + earlier.id() + "/input-" + (earlier.state().lastSequence() + 1);
            if (limits.get().join(earlier, request(key, input, config, metadata, work), work)) {
                return created(earlier, input, config, metadata);
            }
        }
        RunRequest request = request("runs/" + id + "/input", input, config, metadata, work);
        Run run = Run.create(header, request);
        work.add(run);
        limits.ifPresent(limit -> limit.hold(run, gathers, work));
        work.record(
                run,
                EventType.WORKFLOW_CREATED,
                Map.of("workflowId", definition.id(), "version", definition.version(), "priority", priority));
        return created(run, input, config, metadata);
    }

    private static RunRequest request(
            String key, JsonNode input, ObjectNode config, ObjectNode metadata, UnitOfWork work) {
        Payload stored = work.ports().payloads().keep(key, JsonCodec.write(input));
        return new RunRequest(stored, JsonCodec.write(config), JsonCodec.write(metadata));
    }

    private static CreateRun.Created created(Run run, JsonNode input, ObjectNode config, ObjectNode metadata) {
        return new CreateRun.Created(
                run.id(), run.status(), new CreateRun.AsCreated(run.header(), run.state(), input, config, metadata));
    }

    private Definition find(CreateRun command) {
        Optional<Definition> found = command.version() == null
                ? definitions.latest(command.workflowId())
                : definitions.find(command.workflowId(), command.version());
        return found.orElseThrow(() -> new RefusedException(Refusal.of(
                RefusalCode.WORKFLOW_NOT_FOUND,
                "There is no workflow '" + command.workflowId() + "'"
                        + (command.version() == null ? "" : " in version " + command.version()) + "; deployed are "
                        + definitions.deployed())));
    }

    private static void checkInput(Definition definition, JsonNode input) {
        try {
            definition.checkInput(input);
        } catch (UnfitJsonException e) {
            throw refused(
                    RefusalCode.INVALID_INPUT,
                    "The input does not fit workflow '" + definition.id() + "'",
                    e,
                    "/input");
        }
    }

    private static ObjectNode completeConfig(Definition definition, ObjectNode config) {
        try {
            return definition.completeConfig(config);
        } catch (UnfitJsonException e) {
            throw refused(
                    RefusalCode.INVALID_CONFIG,
                    "The config does not fit workflow '" + definition.id() + "'",
                    e,
                    "/config");
        }
    }

    private static RefusedException refused(RefusalCode code, String what, UnfitJsonException e, String prefix) {
        List<FieldError> errors =
                e.errors().stream().map(error -> error.under(prefix)).toList();
        return new RefusedException(new Refusal(code, what + ": " + e.getMessage(), errors));
    }

    private static ObjectNode object(String pointer, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return JsonCodec.object();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw invalid(pointer, "an object is expected");
    }

    private static int priority(CreateRun command) {
        int priority = command.priority() == null ? CreateRun.DEFAULT_PRIORITY : command.priority();
        if (priority < 0 || priority > 9) {
            throw invalid("/priority", "the priority lies between 0 and 9, was " + priority);
        }
        return priority;
    }

    private static String correlationId(CreateRun command, RunId id) {
        String given = command.correlationId();
        if (given == null) {
            return id.value();
        }
        if (given.isBlank()
                || given.length() > LONGEST_CORRELATION
                || given.chars().anyMatch(Character::isISOControl)) {
            throw invalid(
                    "/correlationId",
                    "a correlation id has 1 to " + LONGEST_CORRELATION
                            + " characters, none of them a control character");
        }
        return given;
    }

    private static RefusedException invalid(String pointer, String message) {
        return new RefusedException(
                new Refusal(RefusalCode.VALIDATION_FAILED, message, List.of(new FieldError(pointer, message))));
    }
}
