package dev.pawl.ejb.store.sql;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction writes last. It is held back until something else is asked of the database, or until the transaction
 * ends: then it travels there together with the commit, which is one way there and back less.
 */
public final class LastWrite {

    private static final ThreadLocal<@Nullable LastWrite> OF_THREAD = new ThreadLocal<>();

    private @Nullable Write held;
    private boolean isLeftToManager;

    private LastWrite() {}

    /** A write that commits its transaction if it is told to. */
    interface Write {
        void run(boolean commits);
    }

    /**
     * Does all the work of a transaction on this thread, in which the database is the only resource. The work is committed, as
     * far as the last of it could be held back, before the transaction manager is asked to.
     *
     * @param mayCommit asked right before the last write is sent, whether it may commit the transaction
     */
    public static <T> T of(Supplier<T> work, BooleanSupplier mayCommit) {
        LastWrite last = new LastWrite();
        return within(last, () -> {
            T result = work.get();
            last.end(mayCommit);
            return result;
        });
    }

    /**
     * Somebody does something outside of the database when the transaction around the call has ended, and must not be told of a
     * rollback when it is only unclear whether the commit arrived: the transaction manager commits then.
     */
    public static void leaveToManager() {
        LastWrite last = OF_THREAD.get();
        if (last != null) {
            last.isLeftToManager = true;
        }
    }

    /** Does work in another transaction, which neither sees what the one around it holds back nor writes it. */
    public static <T> T outside(Supplier<T> work) {
        return within(null, work);
    }

    private static <T> T within(@Nullable LastWrite current, Supplier<T> work) {
        LastWrite around = OF_THREAD.get();
        bind(current);
        try {
            return work.get();
        } finally {
            bind(around);
        }
    }

    private static void bind(@Nullable LastWrite last) {
        if (last == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(last);
        }
    }

    /** Holds a write back if it may be the last one, otherwise does it now. */
    static void hold(Write write) {
        LastWrite last = OF_THREAD.get();
        if (last == null) {
            write.run(false);
        } else {
            last.write(false);
            last.held = write;
        }
    }

    /** Something else is about to be asked of the database. */
    static void release() {
        LastWrite last = OF_THREAD.get();
        if (last != null) {
            last.write(false);
        }
    }

    private void end(BooleanSupplier mayCommit) {
        if (held != null) {
            write(!isLeftToManager && mayCommit.getAsBoolean());
        }
    }

    private void write(boolean commits) {
        Write write = held;
        held = null;
        if (write != null) {
            write.run(commits);
        }
    }
}
