package dev.pawl.liberty.h2;

import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.api.ErrorCode;

/**
 * H2's XA resource, except that a branch it does not know is answered with {@code XAER_NOTA}. H2 itself
 * answers with an error without a code, which a transaction manager must take for damage: after a kill
 * between the two commits the branch is simply done, and recovery should say so calmly.
 */
final class RecoverableBranch implements XAResource {

    private final XAResource branch;

    RecoverableBranch(XAResource branch) {
        this.branch = branch;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        try {
            branch.commit(xid, onePhase);
        } catch (XAException e) {
            throw onePhase ? e : precise(e);
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        try {
            branch.rollback(xid);
        } catch (XAException e) {
            throw precise(e);
        }
    }

    private static XAException precise(XAException imprecise) {
        if (imprecise.getCause() instanceof SQLException cause
                && cause.getErrorCode() == ErrorCode.TRANSACTION_NOT_FOUND_1) {
            XAException unknown = new XAException(XAException.XAER_NOTA);
            unknown.initCause(imprecise);
            return unknown;
        }
        return imprecise;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return branch.prepare(xid);
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        branch.start(xid, flags);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        branch.end(xid, flags);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        branch.forget(xid);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return branch.recover(flag);
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return branch.isSameRM(other instanceof RecoverableBranch recoverable ? recoverable.branch : other);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return branch.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return branch.setTransactionTimeout(seconds);
    }
}
