package dev.pawl.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementsTest {

    @Test
    void whatBeginsAndEndsTransactionsIsCountedApart() {
        Statements statements = statements(Map.of(
                "BEGIN", 5L,
                "COMMIT", 4L,
                "ROLLBACK", 1L,
                "select 1", 7L,
                "commit_log_entry()", 2L,
                "PREPARE TRANSACTION $1", 3L,
                "COMMIT PREPARED $1", 3L));

        assertThat(statements.working()).isEqualTo(9);
        assertThat(statements.control()).isEqualTo(16);
        assertThat(statements.prepared()).isEqualTo(3);
    }

    @Test
    void onlyCallsSinceTheEarlierReadingCount() {
        Statements before = statements(Map.of("select 1", 7L, "select 2", 1L));
        Statements after = statements(Map.of("select 1", 10L, "select 2", 1L, "select 3", 2L));

        assertThat(after.since(before).calls()).isEqualTo(Map.of("select 1", 3L, "select 3", 2L));
        assertThat(after.since(before).mostCalled(1)).containsExactly(Map.entry("select 1", 3L));
    }

    private static Statements statements(Map<String, Long> calls) {
        return new Statements(calls, Map.of(), 0);
    }
}
