package dev.pawl.testkit;

import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.port.AiCallLog;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** Calls of models, each written in a transaction of its own whether or not there is one around the call. */
final class AutoCommitAiCalls implements AiCallLog {

    private final InMemoryDatabase database;

    AutoCommitAiCalls(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public void record(List<AiCall> calls) {
        committed(() -> {
            database.aiCalls().record(calls);
            return true;
        });
    }

    @Override
    public Set<String> settle(List<AiCall> calls) {
        return committed(() -> database.aiCalls().settle(calls));
    }

    private <T> T committed(Callable<T> change) {
        try {
            return database.inNewTransaction(change);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A log of calls throws no checked exceptions", e);
        }
    }
}
