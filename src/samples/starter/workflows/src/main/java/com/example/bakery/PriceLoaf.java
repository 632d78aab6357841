package com.example.bakery;

import com.example.bakery.PriceLoaf.Price;
import com.example.bakery.PriceLoaf.Recipe;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import java.util.Map;

/** A stage: adds up what the ingredients cost, and as much again for the work. */
final class PriceLoaf implements Stage<Recipe, Price> {

    /** @param cents by ingredient */
    record Recipe(Map<String, Integer> cents) {}

    record Price(int cents) {}

    @Override
    public Price execute(StageContext context, Recipe recipe) {
        int ingredients =
                recipe.cents().values().stream().mapToInt(Integer::intValue).sum();
        return new Price(2 * ingredients);
    }
}
