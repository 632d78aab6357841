package dev.pawl.ejb.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.limit.Lane;
import dev.pawl.engine.model.limit.Limits;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a look at a limit reads does not grow with what a noisy key has waiting; PostgreSQL itself counts. */
@Tag("R-06")
class TicketGrowthTest {

    private static final int NOISY = 10_000;
    private static final String SCOPE = "default workflow:orders";
    private static final String NOISY_LANE = Lane.ofKey("noisy");
    private static final String QUIET_LANE = Lane.ofKey("quiet");
    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");

    private static DatabaseFixture fixture;

    @BeforeAll
    static void fill() throws Exception {
        DataSource database = TestDatabase.postgres(TestDatabase.SESSION_OPTIONS);
        fixture = new DatabaseFixture(database);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into pawl_ticket (not_before, created_at, priority, state, holder, scope, lane, limits,"
                            + " run_id) select timestamptz '2026-05-01', timestamptz '2026-05-01' + i * interval '1 s', 5, 'WAITING',"
                            + " 'noisy-' || i, '" + SCOPE + "', '" + NOISY_LANE + "', '"
                            + Limits.perLane(1).encoded()
                            + "', 'noisy-' || i from generate_series(1, " + NOISY + ") i");
        }
        fixture.inTransaction(() -> {
            for (int number = 0; number < 3; number++) {
                fixture.limits()
                        .add(Ticket.of(new RunId("quiet-" + number), SCOPE, QUIET_LANE, 5, NOW, NOW, Limits.perLane(1))
                                .in(number == 0 ? TicketState.HELD : TicketState.WAITING));
            }
            fixture.limits().save(Lane.begun(SCOPE, NOISY_LANE, NOW));
            fixture.limits().save(Lane.begun(SCOPE, QUIET_LANE, NOW));
            return true;
        });
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static long rowsReadBy(Callable<?> work) throws Exception {
        return fixture.inTransaction(() -> {
            EntityManager current = fixture.entityManager();
            long before = read(current.unwrap(Connection.class));
            work.call();
            return read(current.unwrap(Connection.class)) - before;
        });
    }

    private static long read(Connection connection) throws SQLException {
        String sql = "select sum(seq_tup_read) + sum(coalesce(idx_tup_fetch, 0)) from pg_stat_xact_user_tables"
                + " where relname in ('pawl_ticket', 'pawl_lane')";
        try (Statement statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void aLookAtALimitReadsWhatItLetsIn() throws Exception {
        assertThat(rowsReadBy(() -> fixture.limits().waiting(SCOPE, NOISY_LANE, NOW, 20)))
                .isLessThanOrEqualTo(20);
        assertThat(rowsReadBy(() -> fixture.limits().waiting(SCOPE, QUIET_LANE, NOW, 20)))
                .isLessThanOrEqualTo(3);
        assertThat(rowsReadBy(() -> List.of(
                        fixture.limits().in(SCOPE),
                        fixture.limits().in(SCOPE, NOISY_LANE),
                        fixture.limits().in(SCOPE, QUIET_LANE),
                        fixture.limits().unsettled(SCOPE, NOW, 500),
                        fixture.limits().granted(200),
                        fixture.limits().scopes(NOW, 100),
                        fixture.limits().due(SCOPE, NOW, 200))))
                .isLessThanOrEqualTo(20);
    }

    @Test
    void lettingInAndGivingBackReadTheirOwnRows() throws Exception {
        Ticket noisy =
                fixture.inTransaction(() -> fixture.limits().find("noisy-7").orElseThrow());
        assertThat(rowsReadBy(() -> fixture.limits().change(noisy.in(TicketState.GRANTED), TicketState.WAITING)
                        && fixture.limits().done(List.of("noisy-7")) == 1))
                .isLessThanOrEqualTo(4);
    }
}
