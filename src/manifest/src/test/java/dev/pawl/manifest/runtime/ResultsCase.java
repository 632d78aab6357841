package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.runtime.memory.InMemoryEntities;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One case of a conformance results file, run against a program as the published harness runs it. */
final class ResultsCase {
    private static final Instant NOW = Instant.ofEpochMilli(1_000_000_000_000L);

    private final Ir program;
    private final JsonNode expected;

    ResultsCase(Ir program, JsonNode expected) {
        this.program = program;
        this.expected = expected;
    }

    void run() {
        InMemoryEntities entities = new InMemoryEntities();
        ManifestRuntime runtime = runtime(entities);
        Caller caller = Caller.of(Caller.DEFAULT_TENANT, expected.path("context"));
        JsonNode setup = expected.path("setup");
        if (setup.has("createInstance")) {
            create(runtime, setup.get("createInstance"), caller);
        }
        setup.path("createInstances").forEach(instance -> create(runtime, instance, caller));
        if (expected.has("command")) {
            runCommand(runtime, caller);
        } else if (expected.has("computedProperty")) {
            JsonNode computed = expected.get("computedProperty");
            JsonNode value = runtime.evaluateComputed(
                    computed.path("entity").asText(),
                    computed.path("instanceId").asText(),
                    computed.path("property").asText(),
                    caller);
            assertSame(value, expected.get("expectedValue"));
        } else if (expected.has("createInstance")) {
            assertSame(create(runtime, expected.get("createInstance"), caller), expected.get("expectedInstance"));
        } else if (expected.has("persistenceTest")) {
            JsonNode test = expected.get("persistenceTest");
            ObjectNode instance = JsonNodeFactory.instance.objectNode();
            instance.set("entity", test.get("entity"));
            instance.set("data", test.get("createData"));
            create(runtime, instance, caller);
            assertStored(
                    runtime(entities),
                    test.path("entity").asText(),
                    test.path("createData").path("id").asText(),
                    test.get("expectedAfterRestore"),
                    caller);
        } else {
            checkConstraints(runtime, caller);
        }
    }

    private ManifestRuntime runtime(InMemoryEntities entities) {
        AtomicInteger ids = new AtomicInteger();
        return ManifestRuntime.of(
                List.of(program),
                RuntimePorts.on(entities, InstantSource.fixed(NOW)).withIds(() -> "test-id-" + ids.incrementAndGet()),
                RuntimeOptions.DEFAULT.withSemantics(Semantics.PUBLISHED));
    }

    private static ObjectNode create(ManifestRuntime runtime, JsonNode instance, Caller caller) {
        CommandResult created =
                runtime.execute(CommandCall.storing(instance.path("entity").asText(), (ObjectNode) instance.get("data"))
                        .by(caller));
        assertThat(created.error()).isEmpty();
        return created.instance().properties();
    }

    private void runCommand(ManifestRuntime runtime, Caller caller) {
        JsonNode command = expected.get("command");
        String entity = command.path("entityName").textValue();
        List<OverrideRequest> overrides = new ArrayList<>();
        command.path("overrideRequests")
                .forEach(request -> overrides.add(new OverrideRequest(
                        request.path("constraintCode").asText(),
                        request.path("reason").asText())));
        String name = command.path("name").asText();
        CommandCall call = (entity == null ? CommandCall.ofProgram(name) : CommandCall.of(entity, name))
                .on(command.path("instanceId").textValue())
                .with((ObjectNode) command.get("input"))
                .by(caller)
                .with(CallOptions.NONE.withOverrides(overrides));
        for (int i = 0; i < command.path("warmupCount").asInt(); i++) {
            assertThat(runtime.execute(call).success()).isTrue();
        }
        CommandResult result = runtime.execute(call);
        JsonNode json = result.toJson();
        JsonNode wanted = expected.get("expectedResult");
        assertThat(result.success())
                .as(json.toString())
                .isEqualTo(wanted.path("success").asBoolean());
        for (String field : List.of("result", "error", "deniedBy", "rateLimitDenial")) {
            if (wanted.has(field)) {
                assertSame(json.path(field), wanted.get(field));
            }
        }
        assertEvents(json.get("emittedEvents"), wanted.get("emittedEvents"));
        assertFailure(json.path("guardFailure"), expected.path("expectedGuardFailure"), "index");
        assertFailure(json.path("policyDenial"), expected.path("expectedPolicyDenial"), "policyName");
        if (expected.has("expectedConcurrencyConflict")) {
            assertSame(json.path("concurrencyConflict"), expected.get("expectedConcurrencyConflict"));
        }
        if (expected.has("expectedInstanceState")) {
            assertStored(runtime, entity, call.instanceId(), expected.get("expectedInstanceState"), caller);
        }
        assertThat(CommandResult.fromJson(json).toJson()).isEqualTo(json);
    }

    private static void assertEvents(JsonNode actual, JsonNode wanted) {
        assertThat(actual).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            for (Map.Entry<String, JsonNode> field : wanted.get(i).properties()) {
                assertSame(actual.get(i).path(field.getKey()), field.getValue());
            }
        }
    }

    private static void assertFailure(JsonNode actual, JsonNode wanted, String name) {
        if (!wanted.isMissingNode()) {
            assertSame(actual.path(name), wanted.get(name));
            assertThat(actual.path("formatted").asText())
                    .contains(wanted.path("expression").asText());
            assertThat(actual.path("resolved").isArray()).isTrue();
        }
    }

    private void checkConstraints(ManifestRuntime runtime, Caller caller) {
        List<ConstraintOutcome> failures =
                runtime.checkConstraints(expected.path("entity").asText(), (ObjectNode) expected.get("data"), caller);
        JsonNode wanted = expected.get("expectedConstraintFailures");
        assertThat(failures).hasSameSizeAs(wanted);
        for (int i = 0; i < failures.size(); i++) {
            assertThat(failures.get(i).constraintName())
                    .isEqualTo(wanted.get(i).path("constraintName").asText());
            assertThat(failures.get(i).formatted())
                    .contains(wanted.get(i).path("expression").asText());
            if (wanted.get(i).has("severity")) {
                assertThat(failures.get(i).severity().text())
                        .isEqualTo(wanted.get(i).path("severity").asText());
            }
        }
    }

    private static void assertStored(
            ManifestRuntime runtime, String entity, String id, JsonNode wanted, Caller caller) {
        assertSame(runtime.get(entity, id, caller).orElseThrow().properties(), wanted);
    }

    /** Equal as JavaScript sees it: numbers by value, objects by fields in any order. */
    private static void assertSame(JsonNode actual, JsonNode wanted) {
        assertThat(wanted.equals(ResultsCase::compare, actual) ? wanted : actual)
                .isEqualTo(wanted);
    }

    private static int compare(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return left.equals(right) ? 0 : 1;
    }
}
