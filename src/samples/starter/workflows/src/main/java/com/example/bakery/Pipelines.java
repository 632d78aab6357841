package com.example.bakery;

import dev.pawl.api.Pipeline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Offers the pipelines of the bakery to the engine. */
@ApplicationScoped
public class Pipelines {

    @Produces
    Pipeline<PriceLoaf.Recipe, PriceLoaf.Price> priceLoaf() {
        return Pipeline.named("price-loaf", PriceLoaf.Recipe.class)
                .describedAs("What a loaf costs")
                .then(new PriceLoaf())
                .build();
    }
}
