package com.example.bakery;

import dev.pawl.api.Pipeline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Offers the pipelines of the bakery to the engine. */
@ApplicationScoped
public class Pipelines {

    @Produces
    Pipeline<PriceCake.Recipe, PriceCake.Price> priceCake() {
        return Pipeline.named("price-cake", PriceCake.Recipe.class)
                .describedAs("What a cake costs")
                .then(new PriceCake())
                .build();
    }
}
