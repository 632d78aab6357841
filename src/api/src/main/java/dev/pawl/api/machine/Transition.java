package dev.pawl.api.machine;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One line of a machine's table.
 *
 * @param guard whether the line applies now
 * @param action makes the new data of the old
 */
public record Transition<D>(
        String from, String event, String to, Predicate<MachineContext<D>> guard, Action<D> action) {

    /** Makes new data; whatever it throws undoes the whole transition. */
    @FunctionalInterface
    public interface Action<D> {
        D apply(MachineContext<D> context) throws Exception;

        static <D> Action<D> none() {
            return MachineContext::data;
        }

        /** One that looks at the data alone. */
        static <D> Action<D> of(UnaryOperator<D> change) {
            return context -> change.apply(context.data());
        }
    }
}
