package dev.pawl.jms.contract;

import java.util.Arrays;
import java.util.Optional;

/** The commands the queue takes, by the name in their member {@code type}. */
public enum CommandType {
    RUN_CREATE("run.create", KernelMessage.Create.class),
    RUN_CLAIM_PENDING("run.claimPending", KernelMessage.Claim.class),
    RUN_TRANSITION("run.transition", KernelMessage.Transition.class),
    RUN_CANCEL("run.cancel", KernelMessage.Cancel.class),
    RUN_PAUSE("run.pause", KernelMessage.Pause.class),
    RUN_RESUME("run.resume", KernelMessage.Resume.class),
    RUN_ANNOTATE("run.annotate", KernelMessage.Annotate.class),
    RUN_RETRY("run.retry", KernelMessage.RetryNow.class),
    RUN_RERUN_FROM("run.rerunFrom", KernelMessage.Rerun.class),
    RUN_SIGNAL("run.signal", KernelMessage.Signal.class),
    RUN_REPAIR("run.repair", KernelMessage.Repair.class),
    STAGE_POLL_SUSPENDED("stage.pollSuspended", KernelMessage.Poll.class),
    MACHINE_START("machine.start", KernelMessage.StartInstance.class),
    MACHINE_EVENT("machine.event", KernelMessage.Event.class),
    LEASE_REAP_STALE("lease.reapStale", KernelMessage.Reap.class),
    OUTBOX_FLUSH("outbox.flush", KernelMessage.Flush.class),
    PLUGIN_REPLAY_DLQ("plugin.replayDLQ", KernelMessage.Replay.class),
    JOB_EXECUTE("job.execute", KernelMessage.Execute.class),
    ENTITY_COMMAND("entity.command", KernelMessage.OfEntity.class);

    private final String wireName;
    private final Class<? extends KernelMessage> shape;

    CommandType(String wireName, Class<? extends KernelMessage> shape) {
        this.wireName = wireName;
        this.shape = shape;
    }

    public static Optional<CommandType> named(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }

    public String wireName() {
        return wireName;
    }

    public Class<? extends KernelMessage> shape() {
        return shape;
    }
}
