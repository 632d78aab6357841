package dev.pawl.ejb.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.query.InDoubtTransactions.InDoubtView;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-30")
class DatabaseInDoubtTest {

    private record Branch(int number) implements Xid {
        @Override
        public int getFormatId() {
            return 77;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {1, 2, (byte) number};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {3};
        }
    }

    @Test
    void aPreparedBranchOfPostgresIsListedWithTheStepItChanged() throws Exception {
        DataSource database = TestDatabase.postgres();
        try (DatabaseFixture fixture = new DatabaseFixture(database)) {
            List<Run> runs = SampleRuns.created(3);
            runs.forEach(run -> SampleRuns.start(run, "node#1"));
            fixture.inTransaction(() -> {
                fixture.runs().save(runs);
                return runs;
            });
            String changed = runs.get(1).id().value();
            prepare(
                    database,
                    "reported",
                    "update pawl_run set version = version + 1 where id = '" + changed + "'",
                    "update pawl_step set lease_owner = null, lease_token = null where run_id = '" + changed + "'");
            prepare(database, "business", "create table account (id integer)");
            DatabaseInDoubt inDoubt = new DatabaseInDoubt(database, Dialect.of(database));

            List<InDoubtView> open = inDoubt.open();

            assertThat(open).extracting(InDoubtView::branch).containsExactly("reported", "business");
            assertThat(open).extracting(InDoubtView::runId).containsExactly(changed, null);
            assertThat(open).extracting(InDoubtView::stageId).containsExactly("step-0", null);
            assertThat(open).allMatch(branch -> branch.preparedAt() != null);
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("rollback prepared 'reported'");
                statement.execute("commit prepared 'business'");
            }
            assertThat(inDoubt.open()).isEmpty();
        }
    }

    private static void prepare(DataSource database, String name, String... changes) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("begin");
            for (String change : changes) {
                statement.execute(change);
            }
            statement.execute("prepare transaction '" + name + "'");
        }
    }

    @Test
    void aPreparedBranchOfH2IsListed() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:in-doubt;DB_CLOSE_DELAY=-1");
        new Migrations(database, Dialect.of(database)).run();
        DatabaseInDoubt inDoubt = new DatabaseInDoubt(database, Dialect.of(database));
        XAConnection connection = database.getXAConnection();
        XAResource resource = connection.getXAResource();
        Branch branch = new Branch(1);
        resource.start(branch, XAResource.TMNOFLAGS);
        try (Connection jdbc = connection.getConnection();
                Statement statement = jdbc.createStatement()) {
            statement.execute("insert into pawl_duty (name) values ('in doubt')");
            resource.end(branch, XAResource.TMSUCCESS);
            assertThat(inDoubt.open()).isEmpty();
            assertThat(resource.prepare(branch)).isEqualTo(XAResource.XA_OK);

            List<InDoubtView> open = inDoubt.open();

            assertThat(open).hasSize(1);
            assertThat(open.get(0).resource()).isEqualTo("database");
            resource.commit(branch, false);
            assertThat(inDoubt.open()).isEmpty();
        } finally {
            connection.close();
        }
    }
}
