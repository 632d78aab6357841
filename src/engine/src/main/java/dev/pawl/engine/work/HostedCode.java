package dev.pawl.engine.work;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.work.code.CodeHost;
import java.util.List;
import java.util.Optional;

/** Durable code in its place among the steps that run here. */
record HostedCode(RunningStep step, RunningSteps running) implements CodeHost {

    @Override
    public Assignment assignment() {
        return step.assignment();
    }

    @Override
    public Optional<String> stopReason() {
        return step.stopReason();
    }

    @Override
    public boolean isGoingDown() {
        return running.isGoingDown();
    }

    @Override
    public void runs(Stoppable code) {
        step.runs(code);
    }

    @Override
    public void write(RunLog.Line line) {
        step.write(line);
    }

    @Override
    public List<RunLog.Line> takeLines() {
        return step.takeLines();
    }

    @Override
    public void progress(String json) {
        step.note(json);
    }

    @Override
    public Optional<String> takeProgress() {
        return step.takeProgress();
    }
}
