package dev.pawl.ejb.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ejb.manifest.store.SqlEventHistory;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.host.EventHistory;
import dev.pawl.manifest.runtime.CallOptions;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.ManifestRuntime;
import dev.pawl.manifest.runtime.RuntimeOptions;
import dev.pawl.manifest.runtime.RuntimePorts;
import dev.pawl.manifest.syntax.Grammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands of a program on real databases: what they cost, and what many at once come to. */
class EntityCommandsTest {

    private static final String COUNTER = """
            entity Counter {
              property required id: string
              property value: number = 0
              property note: string?
              constraint small severity warn when self.value > 1000 message "large"
              constraint positive severity block when self.value < 0 message "negative"
              command increment(by: number = 1) {
                guard by > 0
                guard self.value < 5000
                mutate value = self.value + by
                mutate note = "counted"
                emit Incremented { value: self.value }
                emit Counted { by: by }
              }
            }
            event Incremented: "counter.incremented" { value: number }
            event Counted: "counter.counted" { by: number }
            """;

    private static CountedStatements statements;
    private static Stage postgres;
    private static Stage h2;

    /** A database with the counter program on it. */
    private record Stage(DatabaseFixture fixture, ManifestRuntime runtime) {
        static Stage on(DataSource database, DataSource used) {
            DatabaseFixture fixture = new DatabaseFixture(database, used);
            RuntimePorts ports = RuntimePorts.on(new DatabaseEntities(fixture, database), () -> fixture.clock()
                    .now());
            var program = ManifestCompiler.compile(COUNTER, Grammar.EXTENDED);
            assertThat(program.errors()).isEmpty();
            return new Stage(
                    fixture, ManifestRuntime.of(List.of(program.ir().orElseThrow()), ports, RuntimeOptions.DEFAULT));
        }

        String newCounter() {
            CommandResult created = runtime.execute(CommandCall.of("Counter", "create"));
            assertThat(created.error()).isEmpty();
            return created.instance().id();
        }
    }

    @BeforeAll
    static void open() {
        DataSource database = TestDatabase.postgres();
        statements = new CountedStatements(database);
        postgres = Stage.on(database, statements.dataSource());
        DataSource embedded = TestDatabase.h2();
        h2 = Stage.on(embedded, embedded);
    }

    @AfterAll
    static void close() {
        postgres.fixture().close();
        h2.fixture().close();
    }

    private static Stage stage(String database) {
        return database.equals("PostgreSQL") ? postgres : h2;
    }

    @Test
    @Tag("M-05")
    void aCommandIsFiveStatementsWithAKeyAndThreeWithout() {
        String id = postgres.newCounter();
        CommandCall increment = CommandCall.of("Counter", "increment", id);
        statements.take();

        assertThat(postgres.runtime().execute(increment).error()).isEmpty();
        assertThat(statements.take())
                .as("read, replace, record both events with their outbox entries")
                .hasSize(3);

        CommandCall keyed = increment.with(
                CallOptions.NONE.withIdempotencyKey(UUID.randomUUID().toString()));
        assertThat(postgres.runtime().execute(keyed).error()).isEmpty();
        assertThat(statements.take()).as("and the key before and after").hasSize(5);

        assertThat(postgres.runtime().execute(keyed).error()).isEmpty();
        assertThat(statements.take()).as("a repetition").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "H2"})
    @Tag("M-12")
    @Tag("K-27")
    void eightParallelIncrementsLoseNoUpdate(String database) throws Exception {
        Stage stage = stage(database);
        for (int round = 0; round < 100; round++) {
            String id = stage.newCounter();
            List<CommandResult> results = together(8, stage, CommandCall.of("Counter", "increment", id));

            assertThat(results).allMatch(CommandResult::success);
            var counter = stage.runtime().get("Counter", id, Caller.anonymous()).orElseThrow();
            assertThat(counter.properties().get("value").asInt()).isEqualTo(8);
            assertThat(counter.version()).isEqualTo(9);
            assertThat(history(stage, id))
                    .extracting(EventHistory.Recorded::sequence)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 16).boxed().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "H2"})
    @Tag("M-11")
    @Tag("K-03")
    void fiftyParallelDuplicatesOfOneKeyRunOnce(String database) throws Exception {
        Stage stage = stage(database);
        String id = stage.newCounter();
        String key = UUID.randomUUID().toString();

        List<CommandResult> results = together(
                50, stage, CommandCall.of("Counter", "increment", id).with(CallOptions.NONE.withIdempotencyKey(key)));

        assertThat(results.stream().map(result -> result.toJson().toString()).distinct())
                .hasSize(1);
        assertThat(history(stage, id)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "H2"})
    @Tag("K-22")
    @Tag("K-23")
    void eventsLeaveInTheOrderOfTheirInstanceAndSayWhatTheyAreAbout(String database) throws Exception {
        Stage stage = stage(database);
        String id = stage.newCounter();
        CommandCall increment = CommandCall.of("Counter", "increment", id);
        CommandResult first = stage.runtime().execute(increment);
        stage.runtime().execute(increment);

        List<EventOutbox.Entry> relayed = relayed(stage).stream()
                .filter(entry -> entry.about().orElseThrow().instanceId().equals(Optional.of(id)))
                .toList();

        assertThat(relayed).extracting(EventOutbox.Entry::firstSequence).containsExactly(1L, 2L, 3L, 4L);
        EventOutbox.Entry counted = relayed.get(1);
        assertThat(counted.correlationId()).isEqualTo(first.correlationId());
        assertThat(counted.workflowId()).isEqualTo("Counter");
        assertThat(counted.events().get(0).type()).isEqualTo("Counted");
        assertThat(counted.events().get(0).payload()).isEqualTo("{\"by\":1}");
        assertThat(counted.events().get(0).causationId()).isEqualTo(first.causationId());
        assertThat(counted.about().orElseThrow())
                .isEqualTo(new EventOutbox.About(
                        first.emittedEvents().get(1).id(),
                        Optional.of("Counter"),
                        Optional.of(id),
                        "increment",
                        "counter.counted",
                        1));
        assertThat(relayed(stage)).isEmpty();
    }

    private static List<EventOutbox.Entry> relayed(Stage stage) throws Exception {
        return stage.fixture().inTransaction(() -> {
            EventOutbox outbox = stage.fixture().outbox();
            EventOutbox.Batch due = outbox.lock(outbox.peek(
                    OutboxLane.FRESH, 100_000, stage.fixture().clock().now()));
            due.names().forEach(name -> outbox.delivered(List.of(name)));
            return due.entries();
        });
    }

    private static List<EventHistory.Recorded> history(Stage stage, String id) throws Exception {
        return stage.fixture()
                .inTransaction(() -> new SqlEventHistory(new CurrentConnection(stage.fixture()::entityManager))
                        .find(new EventHistory.Wanted("default", null, null, "Counter", id), 0, 1_000));
    }

    private static List<CommandResult> together(int times, Stage stage, CommandCall call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<CommandResult>> running = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                running.add(threads.submit(() -> stage.runtime().execute(call)));
            }
            List<CommandResult> results = new ArrayList<>();
            for (Future<CommandResult> command : running) {
                results.add(command.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
