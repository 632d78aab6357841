package dev.pawl.liberty.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

record TestBranch() implements Xid {

    /** Makes changes in this branch and leaves it to be committed or rolled back. */
    XAResource run(XAConnection connection, String... changes) throws SQLException, XAException {
        Connection writer = connection.getConnection();
        XAResource branch = connection.getXAResource();
        branch.start(this, XAResource.TMNOFLAGS);
        try (Statement statement = writer.createStatement()) {
            for (String change : changes) {
                statement.execute(change);
            }
        }
        branch.end(this, XAResource.TMSUCCESS);
        return branch;
    }

    /** Makes changes in this branch and prepares it. */
    XAResource prepare(XAConnection connection, String... changes) throws SQLException, XAException {
        XAResource branch = run(connection, changes);
        assertThat(branch.prepare(this)).isEqualTo(XAResource.XA_OK);
        return branch;
    }

    static int codeOf(ThrowingCallable call) {
        XAException refusal = catchThrowableOfType(XAException.class, call);
        assertThat(refusal).as("refusal").isNotNull();
        return refusal.errorCode;
    }

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
