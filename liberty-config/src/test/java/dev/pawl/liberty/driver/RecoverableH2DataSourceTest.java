package dev.pawl.liberty.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverableH2DataSourceTest {

    @Test
    void aBranchThatIsDoneIsUnknownToARecoveringTransactionManager(@TempDir Path folder) throws Exception {
        RecoverableH2DataSource source = new RecoverableH2DataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve("database"));
        source.setUser("pawl");
        source.setPassword("");
        XAConnection worker = source.getXAConnection();
        try (Connection writer = worker.getConnection();
                Statement statement = writer.createStatement()) {
            statement.execute("CREATE TABLE things (id INT PRIMARY KEY)");
        }
        TestBranch xid = new TestBranch();
        xid.prepare(worker, "INSERT INTO things VALUES (1)").commit(xid, false);

        XAConnection recovery = source.getXAConnection();
        XAResource branch = recovery.getXAResource();
        assertThat(TestBranch.codeOf(() -> branch.commit(xid, false))).isEqualTo(XAException.XAER_NOTA);
        recovery.close();
        worker.close();
    }
}
