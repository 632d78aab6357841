package dev.pawl.liberty.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecoverablePostgresDataSourceTest {

    private static EmbeddedPostgres server;

    private final RecoverablePostgresDataSource source = new RecoverablePostgresDataSource();
    private final TestBranch xid = new TestBranch();

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_prepared_transactions", "5")
                .start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void useAnEmptyTable() throws SQLException {
        source.setURL(server.getJdbcUrl("postgres", "postgres"));
        query("drop table if exists things; create table things (id int)");
    }

    @Test
    void aBranchWhoseConnectionWasEndedByTheAdministratorIsCommittedLater() throws Exception {
        XAConnection worker = source.getXAConnection();
        XAResource branch = xid.prepare(worker, "insert into things values (1)");
        endOtherConnections();

        assertThat(TestBranch.codeOf(() -> branch.commit(xid, false))).isEqualTo(XAException.XAER_RMFAIL);
        again().commit(xid, false);
        assertThat(query("select count(*) from things")).isEqualTo(1);
    }

    @Test
    void aBranchWhoseConnectionWasEndedByTheAdministratorIsRolledBackLater() throws Exception {
        XAConnection worker = source.getXAConnection();
        XAResource branch = xid.prepare(worker, "insert into things values (1)");
        endOtherConnections();

        assertThat(TestBranch.codeOf(() -> branch.rollback(xid))).isEqualTo(XAException.XAER_RMFAIL);
        again().rollback(xid);
        assertThat(query("select count(*) from pg_prepared_xacts")).isZero();
        assertThat(query("select count(*) from things")).isZero();
    }

    @Test
    void aBranchThatIsDoneIsUnknown() throws Exception {
        XAConnection worker = source.getXAConnection();
        xid.prepare(worker, "insert into things values (1)").commit(xid, false);

        assertThat(TestBranch.codeOf(() -> again().commit(xid, false))).isEqualTo(XAException.XAER_NOTA);
    }

    private XAResource again() throws SQLException {
        return source.getXAConnection().getXAResource();
    }

    private static void endOtherConnections() throws SQLException {
        query("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where backend_type = 'client backend' and pid <> pg_backend_pid()");
    }

    /** The last answer's number; zero where there is none. */
    private static long query(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return 0;
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
