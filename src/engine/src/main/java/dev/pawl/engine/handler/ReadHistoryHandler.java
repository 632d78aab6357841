package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReadHistory;
import dev.pawl.engine.model.Run;
import java.util.List;
import java.util.Objects;

/** Reads a run with its journal; changes nothing. */
final class ReadHistoryHandler implements Handler<ReadHistory, ReadHistory.History> {

    @Override
    public ReadHistory.History handle(ReadHistory command, UnitOfWork work) {
        Run run = work.runOfCaller(command.runId());
        return new ReadHistory.History(
                run,
                Objects.requireNonNull(
                        work.ports().runs().requests(List.of(run.id())).get(run.id())),
                work.ports().journals().read(run.id()));
    }
}
