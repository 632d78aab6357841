package dev.pawl.testkit.memory;

import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.port.AiCallLog;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls of models in memory. */
final class InMemoryAiCallLog implements AiCallLog {

    private record RowOf(String call) {}

    private final Transactions transactions;
    private final Rows rows;

    InMemoryAiCallLog(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public void record(List<AiCall> calls) {
        calls.forEach(call -> {
            if (locked(call).isEmpty()) {
                rows.aiCalls.put(call.id(), call);
            }
        });
    }

    @Override
    public Set<String> settle(List<AiCall> calls) {
        Set<String> settled = new HashSet<>();
        for (AiCall call : calls) {
            Optional<AiCall> known = locked(call);
            if (known.isEmpty() || known.get().status() == AiCall.Status.SUBMITTED) {
                rows.aiCalls.put(
                        call.id(), known.map(open -> open.settledBy(call)).orElse(call));
                settled.add(call.id());
            }
        }
        return settled;
    }

    private Optional<AiCall> locked(AiCall call) {
        transactions.lock(new RowOf(call.id()));
        return rows.aiCalls.get(call.id());
    }
}
