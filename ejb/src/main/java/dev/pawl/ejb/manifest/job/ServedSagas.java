package dev.pawl.ejb.manifest.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.Programs;
import dev.pawl.manifest.host.SagaJob;
import dev.pawl.manifest.host.Sagas;
import dev.pawl.manifest.ir.IrJson;
import dev.pawl.manifest.ir.Saga;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.SagaDesk;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts sagas as runs. */
final class ServedSagas implements Sagas {

    private final Programs programs;
    private final Supplier<SagaDesk> sagas;
    private final StartJobs jobs;
    private final InTransaction transactions;

    ServedSagas(Programs programs, Supplier<SagaDesk> sagas, StartJobs jobs, InTransaction transactions) {
        this.programs = programs;
        this.sagas = sagas;
        this.jobs = jobs;
        this.transactions = transactions;
    }

    @Override
    public Optional<String> start(
            String saga,
            ObjectNode input,
            ObjectNode steps,
            Caller caller,
            @Nullable String correlationId,
            @Nullable String key) {
        Optional<Saga> known = sagas.get().find(saga);
        if (known.isEmpty()) {
            programs.running();
            known = sagas.get().find(saga);
        }
        return known.map(declared -> {
            checkSteps(declared, steps);
            return transactions.call(() -> start(declared, input, steps, caller, correlationId, key));
        });
    }

    private String start(
            Saga saga,
            ObjectNode input,
            ObjectNode steps,
            Caller caller,
            @Nullable String correlationId,
            @Nullable String key) {
        ObjectNode context = caller.toJson();
        ObjectNode metadata = JsonCodec.object().put("saga", saga.name());
        SagaJob job = new SagaJob(saga, caller.tenant(), context, input, steps);
        if (key != null) {
            // The engine compares what it starts by its request, in which the call does not stand.
            metadata.put("callHash", IrJson.sha256(input + "\n" + steps));
        }
        return jobs.start(
                ManifestWorkflows.SAGA,
                job.toJson(),
                metadata,
                StartJobs.caller(caller.tenant(), context),
                correlationId,
                Optional.ofNullable(key).map(own -> "saga:" + saga.name() + ":" + own));
    }

    private static void checkSteps(Saga saga, ObjectNode steps) {
        List<String> known = saga.steps().stream().map(Saga.Step::name).toList();
        steps.fieldNames().forEachRemaining(step -> {
            if (!known.contains(step)) {
                throw new IllegalArgumentException(
                        "the saga '" + saga.name() + "' has no step '" + step + "'; it has " + known);
            }
        });
    }
}
