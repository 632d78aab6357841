package dev.pawl.samples.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.model.RunId;
import dev.pawl.samples.cart.CartReminders.Cart;
import dev.pawl.samples.cart.CartReminders.Planned;
import dev.pawl.samples.cart.RemindOfCart.CheckOut;
import dev.pawl.samples.cart.RemindOfCart.Reminded;
import dev.pawl.samples.cart.RemindOfCart.Reminder;
import dev.pawl.samples.mail.Mail;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-04")
@Tag("J-10")
class CartRemindersTest {

    private static final String SOON = "You left something in your cart.";
    private static final String LATE = "Your cart will not wait for ever.";
    private static final Cart CART = new Cart("c-1", "ann");

    private final List<String> mails = new ArrayList<>();
    private final TestEngine engine = deploy((to, text, key) -> mails.add(text));

    private static TestEngine deploy(Mail mail) {
        return TestEngine.with(new CartReminders(), new RemindOfCart(mail));
    }

    @Test
    void remindersGoOutAfterAnHourAndAfterADay() {
        engine.start(CartReminders.class, CART).output(Planned.class);
        engine.advance(Duration.ofMinutes(59));
        assertThat(mails).isEmpty();
        engine.advance(Duration.ofMinutes(1));
        assertThat(mails).containsExactly(SOON);
        engine.advance(Duration.ofHours(23));

        assertThat(mails).containsExactly(SOON, LATE);
    }

    @Test
    void eachIsCancelledAlone() {
        Planned planned = engine.start(CartReminders.class, CART).output(Planned.class);
        engine.execute(new CancelRun(new RunId(planned.afterAnHour()), "not so soon"));
        engine.advance(Duration.ofDays(2));

        assertThat(mails).containsExactly(LATE);
    }

    @Test
    void whoChecksOutIsNotReminded() {
        engine.start(CartReminders.class, CART);
        engine.advance(Duration.ofHours(2));
        engine.publish(RemindOfCart.CHECKED_OUT, "c-1", new CheckOut("o-1"));
        engine.advance(Duration.ofDays(2));

        assertThat(mails).containsExactly(SOON);
    }

    @Test
    void aReminderWhoseTimeHasPassedGoesOutAtOnce() {
        TestRun run = engine.start(
                RemindOfCart.class,
                new Reminder("c-1", "ann", "late", engine.clock().now().minusSeconds(60)));

        assertThat(run.output(Reminded.class).sent()).isTrue();
        assertThat(mails).containsExactly("late");
    }

    @Test
    void whereverTheServerDiesEachReminderGoesOutUnderOneKey() {
        CrashMatrix.of(trial -> {
                    TestEngine dying = trial.engine(
                            deploy((to, text, key) -> trial.effects().happen(text, key)));
                    dying.start(CartReminders.class, CART);
                    dying.advance(Duration.ofHours(24));
                    assertThat(trial.effects().distinct(SOON)).isEqualTo(1);
                    assertThat(trial.effects().distinct(LATE)).isEqualTo(1);
                })
                .verify();
    }
}
