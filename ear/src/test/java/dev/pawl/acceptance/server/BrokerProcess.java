package dev.pawl.acceptance.server;

import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * The main class of a broker in its own process. Its only argument is the address of a {@code broker.xml};
 * folders and the port come as system properties that the file names.
 */
public final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws Exception {
        new EmbeddedActiveMQ().setConfigResourcePath(arguments[0]).start();
    }
}
