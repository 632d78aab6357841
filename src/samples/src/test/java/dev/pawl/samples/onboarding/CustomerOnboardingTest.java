package dev.pawl.samples.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.onboarding.CustomerOnboarding.Confirmation;
import dev.pawl.samples.onboarding.CustomerOnboarding.Customer;
import dev.pawl.samples.onboarding.CustomerOnboarding.Onboarded;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-05")
@Tag("J-10")
class CustomerOnboardingTest {

    private static final Customer ANN = new Customer("c-1", "Ann", "ann@example.org");

    private final List<String> mails = new ArrayList<>();
    private final TestEngine engine =
            TestEngine.with(new CustomerOnboarding((to, text, key) -> mails.add(text), (customer, key) -> "account-1"));

    private static void confirm(TestEngine engine) {
        engine.publish(CustomerOnboarding.CONFIRMED, "c-1", new Confirmation("ann@example.org"));
    }

    @Test
    void anAccountIsOpenedOnceTheAddressIsConfirmed() {
        TestRun run = engine.start(CustomerOnboarding.class, ANN);
        confirm(engine);
        assertThat(run.eventTypes()).contains("event:emitted");
        assertThat(mails).hasSize(1);
        engine.advance(CustomerOnboarding.FIRST_WEEK);

        assertThat(run.output(Onboarded.class)).isEqualTo(new Onboarded("account-1"));
        assertThat(mails)
                .containsExactly("Ann, welcome! Please confirm your address.", "Ann, how was your first week?");
    }

    @Test
    void whoForgetsToConfirmIsRemindedOnce() {
        TestRun run = engine.start(CustomerOnboarding.class, ANN);
        engine.advance(CustomerOnboarding.FIRST_WAIT);
        assertThat(mails).hasSize(2).last().asString().contains("not confirmed yet");
        confirm(engine);

        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(run.executions("open-account")).isEqualTo(1);
    }

    @Test
    void whoNeverConfirmsGetsNoAccount() {
        TestRun run = engine.start(CustomerOnboarding.class, ANN);
        engine.advance(CustomerOnboarding.FIRST_WAIT.plus(CustomerOnboarding.SECOND_WAIT));

        assertThat(run.output(Onboarded.class)).isEqualTo(new Onboarded(null));
        assertThat(run.executions("open-account")).isZero();
    }

    @Test
    void aKeyGetsTheSameAccountEveryTime() {
        Accounts accounts = Accounts.numbered();

        assertThat(accounts.open(ANN, "k")).isEqualTo(accounts.open(ANN, "k")).isNotEqualTo(accounts.open(ANN, "l"));
    }

    @Test
    void whereverTheServerDiesThereIsOneAccountAndItIsToldOnce() {
        CrashMatrix.of(trial -> {
                    TestEngine dying = trial.engine(TestEngine.with(new CustomerOnboarding(
                            (to, text, key) -> trial.effects().happen(text, key), (customer, key) -> {
                                trial.effects().happen("account", key);
                                return Accounts.numbered().open(customer, key);
                            })));
                    TestRun run = dying.start(CustomerOnboarding.class, ANN);
                    dying.advance(CustomerOnboarding.FIRST_WAIT);
                    confirm(dying);
                    dying.advance(CustomerOnboarding.FIRST_WEEK);
                    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
                    assertThat(trial.effects().distinct("account")).isEqualTo(1);
                    assertThat(run.eventTypes()).containsOnlyOnce("event:emitted");
                })
                .verify();
    }
}
