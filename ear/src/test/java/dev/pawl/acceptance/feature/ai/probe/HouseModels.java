package dev.pawl.acceptance.feature.ai.probe;

import dev.pawl.api.ai.AiModel;
import dev.pawl.api.ai.AiPrices;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** A model of the application's own, as a bean. */
@ApplicationScoped
public class HouseModels {

    @Produces
    AiModel house() {
        return AiModel.of("house", "backwards", "none").withPrices(AiPrices.of("1", "1"));
    }
}
