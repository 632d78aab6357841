package dev.pawl.acceptance.crash;

import static dev.pawl.acceptance.crash.Window.Moment.AFTER_COMMIT;
import static dev.pawl.acceptance.crash.Window.Moment.AFTER_ONLY_COMMIT;
import static dev.pawl.acceptance.crash.Window.Moment.AFTER_PREPARE;
import static dev.pawl.acceptance.crash.Window.Moment.BEFORE_COMMIT;
import static dev.pawl.acceptance.crash.Window.Moment.BEFORE_ONLY_COMMIT;
import static dev.pawl.acceptance.crash.Window.Moment.BEFORE_PREPARE;

import dev.pawl.acceptance.crash.Window.Moment;
import dev.pawl.acceptance.crash.Window.Participant;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** An XA resource with a crash window before and after each step of its commit. */
class CrashingResource implements XAResource {

    private final Participant participant;
    private final XAResource real;

    CrashingResource(Participant participant, XAResource real) {
        this.participant = participant;
        this.real = real;
    }

    private void reach(Moment moment) {
        CrashPoint.reach(new Window(participant, moment));
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        reach(BEFORE_PREPARE);
        int vote = real.prepare(xid);
        reach(AFTER_PREPARE);
        return vote;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        reach(onePhase ? BEFORE_ONLY_COMMIT : BEFORE_COMMIT);
        real.commit(xid, onePhase);
        reach(onePhase ? AFTER_ONLY_COMMIT : AFTER_COMMIT);
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return real.isSameRM(other instanceof CrashingResource crashing ? crashing.real : other);
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        real.start(xid, flags);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        real.end(xid, flags);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        real.rollback(xid);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        real.forget(xid);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return real.recover(flag);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return real.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return real.setTransactionTimeout(seconds);
    }
}
