package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.Suspension;
import dev.pawl.engine.model.limit.Hold;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values of columns that are not simply a property. */
public final class RunColumns {

    private RunColumns() {}

    /** Present while the run may be claimed, and lower for a higher priority, so that an index gives the order. */
    static @Nullable Integer claimOrder(Run run) {
        return run.status() == RunStatus.PENDING
                        && !run.state().paused()
                        && !run.state().isHeld()
                ? -run.header().priority()
                : null;
    }

    static @Nullable String startLimit(Run run) {
        Hold hold = run.state().hold();
        return hold == null ? null : hold.encoded();
    }

    static @Nullable String parent(Run run) {
        return run.header().parent() == null ? null : run.header().parent().value();
    }

    static @Nullable String trace(Run run) {
        return run.header().trace() == null ? null : run.header().trace().encoded();
    }

    static @Nullable String encoded(@Nullable Payload payload) {
        return payload == null ? null : payload.encoded();
    }

    /** Almost every step is a stage's, which the absence of a kind stands for. */
    static @Nullable String kind(StepState step) {
        return step.kind() == StepKind.STAGE ? null : step.kind().name();
    }

    public static StepKind kind(@Nullable String column) {
        return column == null ? StepKind.STAGE : StepKind.valueOf(column);
    }

    static @Nullable String suspension(StepState step) {
        return step.suspension() == null ? null : step.suspension().encoded();
    }

    public static @Nullable Suspension suspension(@Nullable String column) {
        return column == null ? null : Suspension.decode(column);
    }

    static @Nullable String of(@Nullable Failure failure, Function<Failure, @Nullable String> property) {
        return failure == null ? null : property.apply(failure);
    }

    /** The failure in its three columns, or none. */
    public static @Nullable Failure failure(@Nullable String code, @Nullable String message, @Nullable String stage) {
        return code == null ? null : new Failure(code, Objects.requireNonNullElse(message, ""), stage);
    }

    static <T> @Nullable T of(@Nullable Lease lease, Function<Lease, T> property) {
        return lease == null ? null : property.apply(lease);
    }
}
