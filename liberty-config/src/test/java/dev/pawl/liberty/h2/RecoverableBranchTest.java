package dev.pawl.liberty.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverableBranchTest {

    private final RecoverableH2DataSource source = new RecoverableH2DataSource();
    private final Xid xid = new Branch();

    @BeforeEach
    void useADatabaseOfItsOwn(@TempDir Path folder) {
        source.setURL("jdbc:h2:file:" + folder.resolve("database"));
        source.setUser("pawl");
        source.setPassword("");
    }

    @Test
    void aBranchThatIsDoneIsUnknownToARecoveringTransactionManager() throws Exception {
        XAConnection worker = source.getXAConnection();
        insertAndCommit(worker);

        XAConnection recovery = source.getXAConnection();
        XAResource branch = recovery.getXAResource();
        assertThat(codeOf(() -> branch.commit(xid, false))).isEqualTo(XAException.XAER_NOTA);
        recovery.close();
        worker.close();
    }

    private void insertAndCommit(XAConnection connection) throws Exception {
        try (Connection writer = connection.getConnection();
                Statement statement = writer.createStatement()) {
            statement.execute("CREATE TABLE things (id INT PRIMARY KEY)");
            XAResource branch = connection.getXAResource();
            branch.start(xid, XAResource.TMNOFLAGS);
            statement.execute("INSERT INTO things VALUES (1)");
            branch.end(xid, XAResource.TMSUCCESS);
            assertThat(branch.prepare(xid)).isEqualTo(XAResource.XA_OK);
            branch.commit(xid, false);
        }
    }

    private static int codeOf(ThrowingCallable call) {
        XAException refusal = catchThrowableOfType(XAException.class, call);
        assertThat(refusal).as("refusal").isNotNull();
        return refusal.errorCode;
    }

    private record Branch() implements Xid {

        @Override
        public int getFormatId() {
            return 7;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {1, 2, 3};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {4};
        }
    }
}
