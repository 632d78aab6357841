package dev.pawl.samples.guards;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Retry;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.samples.guards.ConvertPrice.Converted;
import dev.pawl.samples.guards.ConvertPrice.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Asks a bank for its rate, and takes last night's when the bank does not answer. After three failures within a minute, on
 * whatever server, the circuit breaker lets nobody ask for half a minute: nobody waits for a bank that is down.
 */
@Workflow(value = "convert-price", description = "Converts euros by a bank's rate, or by last night's")
public class ConvertPrice implements DurableWorkflow<Price, Converted> {

    static final CircuitBreaker BANK =
            CircuitBreaker.of("sample-exchange-rates", 3, Duration.ofMinutes(1), Duration.ofSeconds(30));

    private static final BigDecimal LAST_NIGHT = new BigDecimal("0.5");

    /** @param currency three letters */
    public record Price(long cents, String currency) {
        public Price {
            if (cents < 0 || currency.length() != 3) {
                throw new IllegalArgumentException("a price is not negative and names a currency by three letters");
            }
        }
    }

    /** @param by {@code bank}, or why not: {@code STEP_FAILED}, {@code CIRCUIT_OPEN} */
    public record Converted(long cents, String currency, String by) {}

    /** A bank elsewhere. */
    interface Bank {
        /** @throws IOException when it does not answer */
        BigDecimal rateOf(String currency) throws IOException;
    }

    private final Bank bank;

    public ConvertPrice() {
        this(ConvertPrice::savingsBank);
    }

    ConvertPrice(Bank bank) {
        this.bank = bank;
    }

    @Override
    public Converted run(WorkflowContext ctx, Price price) {
        try {
            BigDecimal rate = ctx.step(
                    "ask-bank",
                    BigDecimal.class,
                    StepOptions.retry(Retry.none()).with(BANK),
                    () -> bank.rateOf(price.currency()));
            return converted(price, rate, "bank");
        } catch (StepFailedException e) {
            return converted(price, LAST_NIGHT, e.code());
        }
    }

    private static Converted converted(Price price, BigDecimal rate, String by) {
        BigDecimal cents = rate.multiply(BigDecimal.valueOf(price.cents())).setScale(0, RoundingMode.HALF_EVEN);
        return new Converted(cents.longValueExact(), price.currency(), by);
    }

    /** Does not answer whoever asks for {@code XXX}. */
    private static BigDecimal savingsBank(String currency) throws IOException {
        if (currency.equals("XXX")) {
            throw new IOException("the bank does not answer");
        }
        return new BigDecimal("1.25");
    }
}
