package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.syntax.Diagnostic;
import dev.pawl.manifest.syntax.Grammar;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that state how many digits they have. */
@Tag("M-17")
class DecimalsTest {
    private final RuntimeFixture bills = RuntimeFixture.of("""
            entity Bill {
              property required id: string
              property total: decimal(8, 2) = 0
              property parts: decimal(4, 1)[] = []
              property pieces: decimal(3) = 0
              property rough: decimal = 0
              command add(amount: decimal(8, 2)) {
                mutate total = self.total + amount
                mutate rough = self.rough + amount
                emit Added { total: self.total }
              }
              command split(by: number) { mutate total = self.total / by }
              command count(pieces: number) { mutate pieces = pieces }
            }
            event Added: "bill.added" { total: number }
            """);

    DecimalsTest() {
        bills.given("Bill", "{'id':'b1'}");
    }

    @Test
    void whatIsCalculatedIsRoundedToTheScaleWhenItIsWritten() {
        bills.run("Bill", "add", "b1", "{'amount':0.1}");
        CommandResult second = bills.run("Bill", "add", "b1", "{'amount':0.2}");

        assertThat(bills.stored("Bill", "b1").get("total").toString()).isEqualTo("0.3");
        assertThat(second.emittedEvents().get(0).payload().get("total").toString())
                .isEqualTo("0.3");
        assertThat(bills.stored("Bill", "b1").get("rough").toString()).isEqualTo("0.30000000000000004");
    }

    @Test
    void aThousandAdditionsOfACentAreTenExactly() {
        for (int i = 0; i < 1_000; i++) {
            bills.run("Bill", "add", "b1", "{'amount':0.01}");
        }
        assertThat(bills.stored("Bill", "b1").get("total").asDouble()).isEqualTo(10d);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 0.33", "2, 3, 0.67", "1, 8, 0.13", "-1, 8, -0.13", "1.01, 2, 0.51"})
    void halvesAreRoundedAwayFromZero(String amount, String by, double expected) {
        bills.run("Bill", "add", "b1", "{'amount':" + amount + "}");
        bills.run("Bill", "split", "b1", "{'by':" + by + "}");
        assertThat(bills.stored("Bill", "b1").get("total").asDouble()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.005", "1000000", "1e-9"})
    void anInputWithTooManyDigitsIsRefused(String amount) {
        CommandResult refused = bills.run("Bill", "add", "b1", "{'amount':" + amount + "}");

        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.INVALID_INPUT);
        assertThat(refused.error().orElseThrow())
                .contains("/amount must be a number with at most 6 digits before and 2 behind the point, got");
    }

    @Test
    void whatGrowsBeyondItsDigitsIsRefused() {
        assertThat(bills.run("Bill", "add", "b1", "{'amount':999999.99}").success())
                .isTrue();
        CommandResult refused = bills.run("Bill", "add", "b1", "{'amount':0.01}");

        assertThat(refused.blockers()).extracting(ConstraintOutcome::code).containsExactly("E_TYPE");
        assertThat(bills.stored("Bill", "b1").get("total").asDouble()).isEqualTo(999_999.99);
    }

    @Test
    void withoutAScaleThereAreWholeNumbersAndListsHaveTheirElementsChecked() {
        assertThat(bills.run("Bill", "count", "b1", "{'pieces':12.4}").success())
                .isTrue();
        assertThat(bills.stored("Bill", "b1").get("pieces").asInt()).isEqualTo(12);
        assertThat(bills.run("Bill", "count", "b1", "{'pieces':1000}").error().orElseThrow())
                .contains("a number with at most 3 digits, got 1000");
        assertThat(bills.run("Bill", "create", null, "{'parts':[1.5,2.25]}").success())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'decimal(2, 3)', error",
        "'decimal(0)', error",
        "'decimal(10, 2.5)', error",
        "'string(10)', error",
        "'decimal(20, 2)', warning",
        "'decimal(2000000000, 2000000000)', warning",
        "'money(15, 4)', none"
    })
    void digitsThatMakeNoSenseAreTold(String type, String expected) {
        List<Diagnostic> told = ManifestCompiler.compile(
                        "entity E { property required id: string property a: " + type + "? }", Grammar.EXTENDED)
                .diagnostics()
                .stream()
                .filter(diagnostic -> diagnostic.message().contains("igits"))
                .toList();
        assertThat(told.isEmpty() ? "none" : told.get(0).severity().text()).isEqualTo(expected);
    }
}
