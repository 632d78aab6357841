package dev.pawl.acceptance.crash;

/**
 * Marks the transaction that a test means, so that one of the server's own does not fall into the window.
 * The application, the resource adapter and the drivers each load this class by themselves, so the mark
 * rests with the system properties, by thread: a transaction commits on the thread that ran it.
 */
public final class CrashMark {

    private static final String PREFIX = "pawl.test.crash.mark.";

    private CrashMark() {}

    /** Marks the transaction of this thread; to be called inside of it. */
    public static void mark(String name) {
        System.setProperty(property(), name);
    }

    /** The mark of this thread's transaction, or an empty text. */
    static String current() {
        return System.getProperty(property(), "");
    }

    private static String property() {
        return PREFIX + Thread.currentThread().getName();
    }
}
