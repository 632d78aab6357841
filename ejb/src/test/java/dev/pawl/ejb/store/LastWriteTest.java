package dev.pawl.ejb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.ejb.store.sql.LastWrite;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.port.StaleRunException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others see of a transaction, and when, whose last write commits it on PostgreSQL. */
@Tag("K-27")
class LastWriteTest {

    @RegisterExtension
    static final CountedDatabase database = new CountedDatabase();

    private static final CountedStatements statements = database.statements();
    private static final DatabaseFixture fixture = database.fixture();

    private static boolean save(List<Run> runs) {
        fixture.runs().save(runs);
        return true;
    }

    private static <T> T committing(Supplier<T> work) {
        return LastWrite.of(work, () -> true);
    }

    /** Runs that others see, with the steps, checkpoints and events that belong to them. */
    private static String seen() throws Exception {
        try (Connection connection = database.plain().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select (select count(*) from pawl_run) || ' runs, '"
                        + " || (select count(*) from pawl_step) || ' steps, '"
                        + " || (select count(*) from pawl_checkpoint) || ' checkpoints, '"
                        + " || (select count(*) from pawl_event_chunk) || ' chunks, '"
                        + " || (select count(*) from pawl_outbox) || ' slips'")) {
            result.next();
            return result.getString(1);
        }
    }

    private static List<Run> started(int count) {
        List<Run> runs = SampleRuns.created(count);
        runs.forEach(run -> SampleRuns.start(run, "node#1"));
        runs.forEach(run -> run.checkpoint(Checkpoint.begun(0, "", "one", 1, CheckpointKind.STEP, SampleRuns.NOW)));
        return runs;
    }

    @Test
    void aSaveAtTheEndTravelsWithTheCommit() throws Exception {
        fixture.inTransaction(() -> {
            committing(() -> save(started(2)));
            assertThat(seen()).isEqualTo("2 runs, 2 steps, 2 checkpoints, 2 chunks, 1 slips");
            return true;
        });

        assertThat(statements.take()).singleElement().asString().endsWith("; commit");
        assertThat(seen()).isEqualTo("2 runs, 2 steps, 2 checkpoints, 2 chunks, 1 slips");
    }

    @Test
    void aSaveThatSomethingFollowsIsDoneBeforeItAndIsNotCommitted() throws Exception {
        List<Run> runs = started(1);
        fixture.inTransaction(() -> {
            committing(() -> {
                save(runs);
                assertThat(fixture.runs().steps(runs.get(0).id())).hasSize(1);
                return true;
            });
            assertThat(seen()).startsWith("0 runs");
            return true;
        });
        assertThat(seen()).startsWith("1 runs");
    }

    @Test
    void ofTwoSavesTheSecondCommitsBoth() throws Exception {
        fixture.inTransaction(() -> committing(() -> save(started(1)) && save(started(1))));

        assertThat(statements.take()).hasSize(2).last().asString().endsWith("; commit");
        assertThat(seen()).startsWith("2 runs, 2 steps");
    }

    @Test
    void oneStaleRunKeepsAllOfTheLastWriteBack() throws Exception {
        List<Run> known = started(3);
        fixture.inTransaction(() -> save(known));
        List<Run> ours = known.stream().map(Run::committed).toList();
        Run theirs = known.get(1).committed();
        theirs.pause(true);
        fixture.inTransaction(() -> save(List.of(theirs)));
        ours.forEach(run -> SampleRuns.next(run, "node#1"));
        List<Run> fresh = started(1);

        assertThatThrownBy(() -> fixture.inTransaction(() -> committing(
                        () -> save(Stream.concat(ours.stream(), fresh.stream()).toList()))))
                .isInstanceOf(StaleRunException.class)
                .hasMessageContaining(theirs.id().value());

        assertThat(seen()).isEqualTo("3 runs, 3 steps, 3 checkpoints, 3 chunks, 1 slips");
    }

    @Test
    void anotherTransactionInBetweenLeavesItHeldBack() throws Exception {
        fixture.inTransaction(() -> committing(() -> {
            save(started(1));
            statements.take();
            LastWrite.outside(() -> save(started(1)));
            assertThat(statements.take()).hasSize(1);
            return true;
        }));

        assertThat(statements.take()).singleElement().asString().endsWith("; commit");
        assertThat(seen()).startsWith("2 runs");
    }

    @Test
    void aTransactionOnWhoseEndFilesDependIsLeftToTheManager() throws Exception {
        fixture.inTransaction(() -> {
            committing(() -> {
                LastWrite.leaveToManager();
                return save(started(1));
            });
            assertThat(seen()).startsWith("0 runs");
            return true;
        });
        assertThat(seen()).startsWith("1 runs");
    }

    @Test
    void aTransactionThatCannotBeCommittedAnyMoreIsNot() throws Exception {
        assertThatThrownBy(() -> fixture.inTransaction(() -> {
                    LastWrite.of(() -> save(started(1)), () -> false);
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");

        assertThat(seen()).startsWith("0 runs");
    }

    @Test
    void workThatFailsWritesNothingOfWhatWasHeldBack() throws Exception {
        assertThatThrownBy(() -> fixture.inTransaction(() -> committing(() -> {
                    save(started(1));
                    throw new IllegalStateException("failed");
                })))
                .hasMessage("failed");

        assertThat(statements.take()).isEmpty();
        fixture.inTransaction(() -> save(started(1)));
        assertThat(statements.take()).singleElement().asString().doesNotContain("commit");
    }
}
