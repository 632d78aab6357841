package dev.pawl.jms.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.model.StepKey;
import dev.pawl.jms.contract.Reply;

/** What becomes of a message, all of it within the message's transaction. */
sealed interface Decision {

    /** Whoever waits for the answer gets it. */
    record Answer(Reply reply) implements Decision {}

    /** Whoever waits for the answer gets the result of an entity command. */
    record Result(ObjectNode result) implements Decision {}

    /** The message goes to the dead letters; whoever waits for an answer gets it besides. */
    record Bury(Reply reply, String reason) implements Decision {}

    /**
     * A worker executes the step and answers.
     *
     * @param keyed whether the sender gave the command a key of its own
     */
    record HandOn(StepKey step, boolean keyed) implements Decision {}
}
