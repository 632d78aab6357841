package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values of columns that are not simply a property. */
final class RunColumns {

    private RunColumns() {}

    /** Present while the run waits to be claimed, and lower for a higher priority, so that an index gives the order. */
    static @Nullable Integer claimOrder(Run run) {
        return run.status() == RunStatus.PENDING && !run.state().paused()
                ? -run.header().priority()
                : null;
    }

    static @Nullable String parent(Run run) {
        return run.header().parent() == null ? null : run.header().parent().value();
    }

    static @Nullable String encoded(@Nullable Payload payload) {
        return payload == null ? null : payload.encoded();
    }

    static @Nullable String of(@Nullable Failure failure, Function<Failure, @Nullable String> property) {
        return failure == null ? null : property.apply(failure);
    }

    static <T> @Nullable T of(@Nullable Lease lease, Function<Lease, T> property) {
        return lease == null ? null : property.apply(lease);
    }
}
