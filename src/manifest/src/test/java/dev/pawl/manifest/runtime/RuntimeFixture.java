package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.compile.Compilation;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.runtime.memory.InMemoryEntities;
import dev.pawl.manifest.syntax.Grammar;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A runtime in memory, on a clock that stands until it is moved. */
public final class RuntimeFixture {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InMemoryEntities entities = new InMemoryEntities();
    private final ManifestRuntime runtime;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private RuntimeFixture(Ir program, RuntimeOptions options, UnaryOperator<RuntimePorts> ports) {
        InstantSource clock = () -> now;
        this.runtime = ManifestRuntime.of(List.of(program), ports.apply(RuntimePorts.on(entities, clock)), options);
    }

    public static RuntimeFixture of(String program) {
        return of(program, RuntimeOptions.DEFAULT);
    }

    public static RuntimeFixture of(String program, RuntimeOptions options) {
        return of(program, options, UnaryOperator.identity());
    }

    public static RuntimeFixture of(String program, RuntimeOptions options, UnaryOperator<RuntimePorts> ports) {
        return new RuntimeFixture(compile(program), options, ports);
    }

    public static Ir compile(String program) {
        Compilation compilation = ManifestCompiler.compile(program, Grammar.EXTENDED);
        assertThat(compilation.errors()).isEmpty();
        return compilation.ir().orElseThrow();
    }

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException invalid) {
            throw new IllegalArgumentException(invalid);
        }
    }

    public ManifestRuntime runtime() {
        return runtime;
    }

    public InMemoryEntities entities() {
        return entities;
    }

    public void moveTo(Instant changed) {
        now = changed;
    }

    public CommandResult run(String entity, String command, @Nullable String id, String input) {
        return run(entity, command, id, input, Caller.anonymous());
    }

    public CommandResult run(String entity, String command, @Nullable String id, String input, Caller caller) {
        return runtime.execute(
                CommandCall.of(entity, command).on(id).with(json(input)).by(caller));
    }

    /** Stores an instance; that it is refused fails the test. */
    public void given(String entity, String document) {
        CommandResult stored = runtime.execute(CommandCall.storing(entity, json(document)));
        assertThat(stored.error()).isEmpty();
    }

    public ObjectNode stored(String entity, String id) {
        return runtime.get(entity, id, Caller.anonymous()).orElseThrow().properties();
    }

    /** Everything an anonymous reader sees of the instance, in plain Java values. */
    public Map<String, Object> values(String entity, String id) {
        try {
            String read = runtime.get(entity, id, Caller.anonymous())
                    .orElseThrow()
                    .toJson()
                    .toString();
            return JSON.readValue(read, new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException invalid) {
            throw new IllegalStateException(invalid);
        }
    }
}
