package dev.pawl.samples.printing;

import dev.pawl.api.Pipeline;
import dev.pawl.api.WorkflowSource;
import java.time.Instant;
import java.util.List;

/** Offers the sample to the engine, with a shop in this process. */
public class PrintingWorkflows implements WorkflowSource {

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(PrintOnDemand.pipeline(new NeighbourhoodShop(Instant::now)));
    }
}
