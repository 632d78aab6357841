package dev.pawl.liberty.driver;

import java.util.function.UnaryOperator;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A driver's XA resource whose refusals to end a prepared branch say what a transaction manager must know: whether the branch is
 * there still, to be ended later, or is done.
 */
final class RecoverableBranch implements XAResource {

    private final XAResource branch;
    private final UnaryOperator<XAException> precise;

    /** @param precise what a refusal of the driver means */
    RecoverableBranch(XAResource branch, UnaryOperator<XAException> precise) {
        this.branch = branch;
        this.precise = precise;
    }

    static XAException coded(int code, XAException cause) {
        XAException coded = new XAException(code);
        coded.initCause(cause);
        return coded;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        try {
            branch.commit(xid, onePhase);
        } catch (XAException e) {
            throw onePhase ? e : precise.apply(e);
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        try {
            branch.rollback(xid);
        } catch (XAException e) {
            throw precise.apply(e);
        }
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
