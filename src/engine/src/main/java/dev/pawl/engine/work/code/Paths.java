package dev.pawl.engine.work.code;

import dev.pawl.api.CodeWorkflow;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.NonRetryableException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** How places in a run are named. */
final class Paths {

    private static final int LONGEST = 200;

    private Paths() {}

    /** @throws NonRetryableException when it is no name */
    static String name(String name) {
        if (name.isBlank()
                || name.length() > LONGEST
                || name.indexOf('/') >= 0
                || name.indexOf('#') >= 0
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new NonRetryableException(
                    "INVALID_NAME",
                    "A name has 1 to " + LONGEST + " characters, none of them '/', '#' or a control character: '" + name
                            + "'");
        }
        return name;
    }

    static String workflowId(Class<? extends DurableWorkflow<?, ?>> workflow) {
        return CodeWorkflow.declared(workflow).value();
    }

    static UUID derivedId(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }
}
