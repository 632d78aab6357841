package dev.pawl.bench.load;

import dev.pawl.acceptance.server.JmsClient;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.util.function.Supplier;

/** Clients that send commands over JMS, persistently, and wait for no reply. */
public final class JmsClients {

    private final Supplier<JmsClient> brokers;
    private final String workflow;

    public JmsClients(Supplier<JmsClient> brokers, String workflow) {
        this.brokers = brokers;
        this.workflow = workflow;
    }

    /** Sends commands that start runs, correlated by the prefix and a number below {@code runs}. */
    public void start(int clients, int runs, String prefix) {
        Together.run(clients, client -> {
            try (JmsClient broker = brokers.get();
                    JMSContext context = broker.factory().createContext()) {
                Queue commands = context.createQueue("commands");
                JMSProducer producer = context.createProducer();
                for (int number = client; number < runs; number += clients) {
                    String name = prefix + number;
                    TextMessage message = context.createTextMessage("{\"type\":\"run.create\",\"workflowId\":\""
                            + workflow + "\",\"input\":{},\"correlationId\":\"" + name + "\"}");
                    message.setStringProperty("idempotencyKey", name);
                    producer.send(commands, message);
                }
            } catch (JMSException e) {
                throw new IllegalStateException("a command could not be sent", e);
            }
        });
    }
}
