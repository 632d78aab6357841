package dev.pawl.engine.work.code;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.ReportCode;
import dev.pawl.engine.command.ReportCode.Receipt;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.RunLog;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Hosts code that is only compared with its history: nothing it tells is kept, and nothing can be reported. */
record ReplayHost(Assignment assignment) implements CodeHost, CodeReports {

    @Override
    public Optional<String> stopReason() {
        return Optional.empty();
    }

    @Override
    public boolean isGoingDown() {
        return false;
    }

    @Override
    public void runs(Stoppable code) {
        // nobody stops a replay
    }

    @Override
    public void write(RunLog.Line line) {
        // the run has told it before
    }

    @Override
    public List<RunLog.Line> takeLines() {
        return List.of();
    }

    @Override
    public void progress(String json) {
        // the run has told it before
    }

    @Override
    public Optional<String> takeProgress() {
        return Optional.empty();
    }

    @Override
    public Receipt report(ReportCode report) {
        throw new IllegalStateException("A replay of run " + assignment.run().id() + " tried to write");
    }

    @Override
    public <T> Receipt reportWith(Supplier<T> work, Function<T, ReportCode> report) {
        throw new IllegalStateException("A replay of run " + assignment.run().id() + " tried to run a step");
    }

    @Override
    public List<Checkpoint> journal(RunId run) {
        throw new IllegalStateException("A replay has its journal");
    }
}
