package dev.pawl.liberty.broker;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ServiceRegistry;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.impl.ServiceRegistryImpl;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;

/** A broker with a persistent journal in this process, from {@link #start} to {@link #stop}. */
final class EmbeddedBroker {

    private static final long START_TIMEOUT_SECONDS = 60;
    private static final long STOP_TIMEOUT_SECONDS = 10;

    private final EmbeddedActiveMQ broker;

    private EmbeddedBroker(EmbeddedActiveMQ broker) {
        this.broker = broker;
    }

    /** Starts the broker and returns once it takes messages. */
    static EmbeddedBroker start(BrokerPlan plan) throws Exception {
        return withOwnClassLoader(() -> {
            EmbeddedActiveMQ broker = new WithOwnThreads(plan.toConfiguration());
            broker.start();
            if (!broker.getActiveMQServer().waitForActivation(START_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                broker.stop();
                throw new IllegalStateException("the embedded broker was not active after " + START_TIMEOUT_SECONDS
                        + " s; is another process using " + plan.directory()
                        + plan.tcpDoor().map(door -> " or port " + door.port()).orElse("") + "?");
            }
            return new EmbeddedBroker(broker);
        });
    }

    /** The port that other processes reach the broker by; empty when it has no door. */
    OptionalInt doorPort() {
        return broker.getActiveMQServer().getRemotingService().getAcceptor(BrokerPlan.DOOR)
                                instanceof NettyAcceptor door
                        && door.isStarted()
                        && door.getActualPort() > 0
                ? OptionalInt.of(door.getActualPort())
                : OptionalInt.empty();
    }

    void stop() throws Exception {
        withOwnClassLoader(broker::stop);
    }

    /** The broker finds its parts by the context class loader, which in a server is anything but its own. */
    private static <T> T withOwnClassLoader(Act<T> act) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(EmbeddedBroker.class.getClassLoader());
        try {
            return act.perform();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private interface Act<T> {
        T perform() throws Exception;
    }

    private static final class WithOwnThreads extends EmbeddedActiveMQ {

        private final PacketPool threads;

        WithOwnThreads(Configuration configuration) {
            setConfiguration(configuration);
            setSecurityManager(new ActiveMQJAASSecurityManager());
            threads = new PacketPool(configuration.getName(), configuration.getThreadPoolMaxSize());
        }

        @Override
        public void createActiveMQServer() {
            ServiceRegistry services = new ServiceRegistryImpl();
            services.setExecutorService(threads);
            activeMQServer = new ActiveMQServerImpl(configuration, mbeanServer, securityManager, null, services);
        }

        @Override
        public EmbeddedActiveMQ stop() throws Exception {
            try {
                return super.stop();
            } finally {
                threads.shutdown();
                if (!threads.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    threads.shutdownNow();
                }
            }
        }
    }
}
