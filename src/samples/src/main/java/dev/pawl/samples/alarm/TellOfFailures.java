package dev.pawl.samples.alarm;

import dev.pawl.api.RunEventInfo;
import dev.pawl.api.RunListener;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.function.Consumer;

/** Hears of every run that fails and says so, in the server's log unless somebody else listens. */
public class TellOfFailures implements RunListener {

    private static final System.Logger LOG = System.getLogger(TellOfFailures.class.getName());

    private final Consumer<String> somebody;

    public TellOfFailures() {
        this(text -> LOG.log(Level.WARNING, text));
    }

    TellOfFailures(Consumer<String> somebody) {
        this.somebody = somebody;
    }

    @Override
    public Set<String> eventTypes() {
        return Set.of("workflow:failed");
    }

    @Override
    public void onEvent(RunEventInfo event) {
        somebody.accept("Run " + event.runId() + " of " + event.workflowId() + " failed: "
                + event.payload().get("message"));
    }
}
