package dev.pawl.acceptance.probe;

import jakarta.ejb.MessageDriven;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** Refuses every message, so that the broker has to decide what becomes of it. */
@MessageDriven
public class Refuser implements MessageListener {

    @Override
    public void onMessage(Message message) {
        throw new IllegalStateException("refused");
    }
}
