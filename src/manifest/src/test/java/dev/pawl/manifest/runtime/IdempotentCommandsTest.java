package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-11")
@Tag("K-03")
class IdempotentCommandsTest {
    private static final String TILL = """
            entity Till {
              property required id: string
              property cash: number = 0
              command put(amount: number) {
                guard amount > 0
                mutate cash = self.cash + amount
                emit CashPut
              }
            }
            store Till in memory
            event CashPut: "till.put" { amount: number }
            """;

    private final RuntimeFixture tills = RuntimeFixture.of(TILL);

    @Test
    void aRepeatedKeyAnswersTheSameWithoutASecondEvent() {
        tills.given("Till", "{'id':'t1'}");

        CommandResult first = put("k1", "{'amount':5}", Caller.anonymous());
        CommandResult again = put("k1", "{'amount':5.0}", Caller.anonymous());

        assertThat(again.toJson()).isEqualTo(first.toJson());
        assertThat(tills.entities().eventLog()).hasSize(1);
        assertThat(tills.stored("Till", "t1").get("cash").asInt()).isEqualTo(5);
    }

    @Test
    void aKeyUsedWithAnotherInputIsRefused() {
        tills.given("Till", "{'id':'t1'}");
        put("k1", "{'amount':5}", Caller.anonymous());

        CommandResult reused = put("k1", "{'amount':6}", Caller.anonymous());

        assertThat(reused.refusal().code()).isEqualTo(RefusalCode.IDEMPOTENCY_KEY_REUSED);
        assertThat(tills.stored("Till", "t1").get("cash").asInt()).isEqualTo(5);
    }

    @Test
    @Tag("K-04")
    void aRefusalIsAnOutcomeAndReplays() {
        tills.given("Till", "{'id':'t1'}");

        CommandResult refused = put("k1", "{'amount':0}", Caller.anonymous());
        CommandResult again = put("k1", "{'amount':0}", Caller.anonymous());

        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.GUARD_FAILED);
        assertThat(again.toJson()).isEqualTo(refused.toJson());
    }

    @Test
    void theSameKeyOfAnotherTenantIsAnotherKey() {
        tills.given("Till", "{'id':'t1'}");
        Caller other = Caller.anonymous().inTenant("other");
        tills.runtime()
                .execute(CommandCall.storing("Till", RuntimeFixture.json("{'id':'t1'}"))
                        .by(other));

        assertThat(put("k1", "{'amount':5}", Caller.anonymous()).success()).isTrue();
        assertThat(put("k1", "{'amount':7}", other).success()).isTrue();
        assertThat(tills.stored("Till", "t1").get("cash").asInt()).isEqualTo(5);
    }

    private CommandResult put(String key, String input, Caller caller) {
        return tills.runtime()
                .execute(CommandCall.of("Till", "put", "t1")
                        .with(RuntimeFixture.json(input))
                        .by(caller)
                        .with(CallOptions.NONE.withIdempotencyKey(key)));
    }
}
