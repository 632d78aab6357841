package dev.pawl.engine.work.code;

import dev.pawl.engine.command.ReportCode;
import dev.pawl.engine.command.ReportCode.Receipt;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.RunId;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** How executions of durable code reach the kernel. */
public interface CodeReports {

    /** Returns when the report is committed; repeats it while it cannot be written and the lease may last. */
    Receipt report(ReportCode report);

    /**
     * Runs user code in the transaction of the report that tells of it.
     *
     * @param work what it throws rolls the transaction back and is thrown on
     */
    <T> Receipt reportWith(Supplier<T> work, Function<T, ReportCode> report);

    List<Checkpoint> journal(RunId run);
}
