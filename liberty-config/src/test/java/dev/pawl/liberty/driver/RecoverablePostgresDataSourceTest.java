package dev.pawl.liberty.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void aBranchBeginsWithItsFirstStatement() throws Exception {
        XAConnection worker = source.getXAConnection();
        try (Connection connection = worker.getConnection();
                Statement statement = connection.createStatement()) {
            worker.getXAResource().start(xid, XAResource.TMNOFLAGS);
            assertThat(openTransactions()).isZero();

            statement.execute("insert into things values (1)");
            assertThat(openTransactions()).isEqualTo(1);
            assertThat(connection.getAutoCommit()).isTrue();
            statement.execute("insert into things values (2)");
            assertThat(query("select count(*) from things")).isZero();

            worker.getXAResource().end(xid, XAResource.TMSUCCESS);
            worker.getXAResource().commit(xid, true);
            assertThat(query("select count(*) from things")).isEqualTo(2);
            statement.execute("insert into things values (3)");
            assertThat(query("select count(*) from things")).isEqualTo(3);
        }
    }

    @Test
    void aBranchIsRolledBackWithAllItsStatements() throws Exception {
        XAConnection worker = source.getXAConnection();
        XAResource branch = xid.run(worker, "insert into things values (1)");

        branch.rollback(xid);
        assertThat(query("select count(*) from things")).isZero();
        xid.run(worker, "insert into things values (2)").commit(xid, true);
        assertThat(query("select sum(id) from things")).isEqualTo(2);
    }

    @Test
    void aBranchWhoseLastStatementCommitsItIsDoneThen() throws Exception {
        XAConnection worker = source.getXAConnection();
        XAResource branch = xid.run(worker, "insert into things values (1)", "insert into things values (2); commit");

        assertThat(query("select count(*) from things")).isEqualTo(2);
        branch.commit(xid, true);
        xid.run(worker, "insert into things values (3)").rollback(xid);
        assertThat(query("select count(*) from things")).isEqualTo(2);
        assertThat(openTransactions()).isZero();
    }

    @Test
    void aBranchWhoseLastStatementFailsBeforeItCommitsKeepsNothing() throws Exception {
        XAConnection worker = source.getXAConnection();
        XAResource branch = worker.getXAResource();
        branch.start(xid, XAResource.TMNOFLAGS);
        try (Statement statement = worker.getConnection().createStatement()) {
            assertThatThrownBy(() -> statement.execute("insert into things values (1); select 1 / 0; commit"))
                    .isInstanceOf(SQLException.class);
        }
        branch.end(xid, XAResource.TMFAIL);
        branch.rollback(xid);

        assertThat(query("select count(*) from things")).isZero();
        assertThat(openTransactions()).isZero();
    }

    @Test
    void aBranchWithoutAStatementIsCommittedPreparedAndRolledBack() throws Exception {
        XAConnection worker = source.getXAConnection();

        xid.run(worker).commit(xid, true);
        xid.run(worker).rollback(xid);
        XAResource branch = xid.prepare(worker);
        assertThat(query("select count(*) from pg_prepared_xacts")).isEqualTo(1);
        branch.commit(xid, false);
        assertThat(query("select count(*) from pg_prepared_xacts")).isZero();
    }

    @Test
    void aStatementThatFailedLeavesNothingOfItsBranch() throws Exception {
        XAConnection worker = source.getXAConnection();
        worker.getXAResource().start(xid, XAResource.TMNOFLAGS);
        try (Statement statement = worker.getConnection().createStatement()) {
            statement.execute("insert into things values (1)");
            assertThatThrownBy(() -> statement.execute("insert into nothing values (1)"))
                    .isInstanceOf(SQLException.class);
        }
        worker.getXAResource().end(xid, XAResource.TMFAIL);
        worker.getXAResource().rollback(xid);
        xid.run(worker, "insert into things values (2)").commit(xid, true);

        assertThat(query("select sum(id) from things")).isEqualTo(2);
    }

    @Test
    void aBranchWhoseConnectionWasEndedBeforeItsFirstStatementIsRolledBackAndNotCommitted() throws Exception {
        XAConnection worker = source.getXAConnection();
        XAResource branch = worker.getXAResource();
        branch.start(xid, XAResource.TMNOFLAGS);
        endOtherConnections();
        try (Statement statement = worker.getConnection().createStatement()) {
            assertThatThrownBy(() -> statement.execute("insert into things values (1)"))
                    .isInstanceOf(SQLException.class);
        }
        branch.end(xid, XAResource.TMFAIL);

        assertThat(TestBranch.codeOf(() -> branch.commit(xid, true))).isEqualTo(XAException.XAER_RMFAIL);
        branch.rollback(xid);
        assertThat(query("select count(*) from things")).isZero();
    }

    @Test
    void aCommitThatTheDatabaseRefusesLeavesAConnectionForFurtherBranches() throws Exception {
        query("alter table things add constraint one unique (id) deferrable initially deferred");
        XAConnection worker = source.getXAConnection();
        XAResource branch = xid.run(worker, "insert into things values (1), (1)");

        assertThat(TestBranch.codeOf(() -> branch.commit(xid, true))).isEqualTo(XAException.XA_RBINTEGRITY);
        branch.rollback(xid);
        XAResource next = xid.run(worker, "insert into things values (2)");
        assertThat(query("select count(*) from things")).isZero();
        next.commit(xid, true);
        assertThat(query("select sum(id) from things")).isEqualTo(2);
    }

    @Test
    void whatIsRefusedWithinATransactionIsRefusedBeforeItsFirstStatement() throws Exception {
        XAConnection worker = source.getXAConnection();
        Connection connection = worker.getConnection();
        worker.getXAResource().start(xid, XAResource.TMNOFLAGS);

        assertThatThrownBy(() -> connection.setReadOnly(true)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE))
                .isInstanceOf(SQLException.class);
        worker.getXAResource().end(xid, XAResource.TMFAIL);
        worker.getXAResource().rollback(xid);
    }

    private static long openTransactions() throws SQLException {
        return query(
                "select count(*) from pg_stat_activity"
                        + " where state = 'idle in transaction' and backend_type = 'client backend' and pid <> pg_backend_pid()");
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
