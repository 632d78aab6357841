package dev.pawl.engine.work.code;

import dev.pawl.api.Saga;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.StepTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compensations and the work they belong to. They run as steps of a branch of their own, which goes on though the run is
 * cancelled.
 */
final class SagaWork implements Saga {

    private static final Comparator<List<Integer>> BY_PLACE = SagaWork::compare;

    private final BranchCursor branch;
    private final String path;
    private final List<Compensation> compensations = new ArrayList<>();

    /** @param order the place in the method where it was registered, whatever thread came there first */
    private record Compensation(String name, StepOptions options, StepTask action, List<Integer> order) {}

    SagaWork(BranchCursor branch, String path) {
        this.branch = branch;
        this.path = path;
    }

    @Override
    public synchronized void onFailure(String name, StepOptions options, StepTask compensation) {
        BranchCursor registering = branch.codeRun().current().orElse(branch);
        compensations.add(new Compensation(Paths.name(name), options, compensation, registering.nextRegistration()));
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T run(Work<T, X> work) throws X {
        try {
            return work.call();
        } catch (Leave.Stopped e) {
            compensate().forEach(e::addSuppressed);
            throw e;
        } catch (Leave e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            Optional<Leave> left = branch.left();
            if (left.isPresent() && !(left.get() instanceof Leave.Stopped)) {
                throw left.get();
            }
            compensate().forEach(e::addSuppressed);
            throw SagaWork.<RuntimeException>unchecked(e);
        }
    }

    private List<StepFailedException> compensate() {
        BranchCursor own =
                new BranchCursor(branch.codeRun(), path, branch.orderBelow(), branch.latest(), true, Optional::empty);
        BranchContext context = new BranchContext(own);
        List<StepFailedException> failures = new ArrayList<>();
        Optional<BranchCursor> before = branch.codeRun().enter(own);
        try {
            for (Compensation compensation : inReverse()) {
                try {
                    context.step(compensation.name(), compensation.options(), compensation.action());
                } catch (StepFailedException e) {
                    failures.add(e);
                }
            }
            own.finish();
        } catch (Leave e) {
            throw branch.leave(e);
        } finally {
            branch.codeRun().exit(before);
        }
        return failures;
    }

    private synchronized List<Compensation> inReverse() {
        List<Compensation> sorted = new ArrayList<>(compensations);
        sorted.sort(Comparator.comparing(Compensation::order, BY_PLACE).reversed());
        return sorted;
    }

    private static int compare(List<Integer> one, List<Integer> other) {
        Iterator<Integer> left = one.iterator();
        Iterator<Integer> right = other.iterator();
        while (left.hasNext() && right.hasNext()) {
            int order = left.next().compareTo(right.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    @SuppressWarnings("unchecked") // the work declares what it throws, and it is thrown on as it is
    private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
