package dev.pawl.api.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A-03")
class AiPricesTest {

    private static final AiPrices PRICES =
            AiPrices.of("0.15", "0.60").withEmbedding("0.02").withBatchDiscount("0.5");

    private static void assertCost(AiUsage usage, String cost) {
        assertThat(usage.cost()).isEqualByComparingTo(cost);
    }

    @Test
    void aMillionTokensCostTheirPrice() {
        assertCost(PRICES.answer(1_000_000, 0), "0.15");
        assertCost(PRICES.answer(0, 1_000_000), "0.60");
        assertCost(PRICES.vectors(1_000_000), "0.02");
    }

    @Test
    void aSingleTokenCostsItsPartExactly() {
        assertCost(PRICES.answer(1, 0), "0.00000015");
        assertCost(PRICES.answer(1, 1), "0.00000075");
        assertCost(PRICES.vectors(1), "0.00000002");
    }

    @Test
    void aBatchSavesItsDiscount() {
        assertCost(PRICES.batchAnswer(1_000_000, 1_000_000), "0.375");
        assertCost(PRICES.withBatchDiscount("0").batchAnswer(3, 0), "0.00000045");
        assertCost(PRICES.withBatchDiscount("1").batchAnswer(9_999, 9_999), "0");
        assertCost(PRICES.withBatchDiscount("0.333").batchAnswer(1_000, 0), "0.00010005");
    }

    @Test
    void whatLiesBeyondTwelveDigitsIsRoundedToTheNearest() {
        AiPrices fine = AiPrices.of("0.0000014", "0");
        assertCost(fine.answer(1, 0), "0.000000000001");
        assertCost(fine.answer(2, 0), "0.000000000003");
    }

    @Property
    void callsAddUpWithoutDrift(@ForAll @LongRange(min = 0, max = 100_000) long tokens) {
        AiUsage sum = AiUsage.NONE;
        for (int i = 0; i < 10; i++) {
            sum = sum.plus(PRICES.answer(tokens, tokens));
        }
        assertThat(sum.cost())
                .isEqualByComparingTo(new BigDecimal("0.00000075").multiply(BigDecimal.valueOf(10 * tokens)));
        assertThat(sum.tokens()).isEqualTo(20 * tokens);
    }

    @Test
    void badPricesAreRefused() {
        assertThatThrownBy(() -> AiPrices.of("-1", "0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PRICES.withBatchDiscount("50")).hasMessageContaining("batchDiscount");
    }
}
