package dev.pawl.engine.command;

import dev.pawl.engine.model.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Starts a run on behalf of a caller on another thread.
 *
 * @param trace of that caller; absent outside any trace
 */
public record CreateRunTraced(CreateRun create, @Nullable TraceContext trace) implements Command<CreateRun.Created> {

    @Override
    public String type() {
        return create.type();
    }

    @Override
    public Class<CreateRun.Created> resultType() {
        return create.resultType();
    }
}
