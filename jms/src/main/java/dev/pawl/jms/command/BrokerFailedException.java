package dev.pawl.jms.command;

/** The broker did not do what was asked; the transaction around it is rolled back. */
public final class BrokerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokerFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
