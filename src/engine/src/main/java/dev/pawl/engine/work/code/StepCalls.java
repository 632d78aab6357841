package dev.pawl.engine.work.code;

import dev.pawl.api.StepContext;
import dev.pawl.engine.model.RunId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Stands between the engine and the code of steps, so that tests can answer, fail or die in its place. */
@FunctionalInterface
public interface StepCalls {

    /** Steps as their authors wrote them. */
    StepCalls DIRECT = (run, name, step, code) -> code.call();

    @Nullable
    Object call(RunId run, String name, StepContext step, Callable<? extends @Nullable Object> code) throws Exception;
}
