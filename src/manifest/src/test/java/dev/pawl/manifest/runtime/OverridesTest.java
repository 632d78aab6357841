package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.ir.Severity;
import dev.pawl.manifest.runtime.port.EntityEvent;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Overrides, over every combination of what a constraint allows, what a caller may and what a call asks. */
@Tag("M-07")
@Tag("M-08")
class OverridesTest {
    private static final String PROGRAM = """
            entity Withdrawal {
              property required id: string
              property amount: number = 0
              property done: boolean = false
              command pay(amount: number) {
                constraint %s limit {
                  expression: amount <= 100
                  severity: %s
                  message: "Above the limit"
                  %s
                }
                mutate amount = amount
                mutate done = true
                emit Paid
              }
            }
            store Withdrawal in memory
            event Paid: "withdrawal.paid" { amount: number }
            policy mayOverride override: user.role == "manager" "Only managers"
            """;

    @Property
    void aFailedConstraintIsPassedOnlyWhereItAllowsItAndAnAuthorisedCallerAsks(
            @ForAll Severity severity,
            @ForAll boolean overrideable,
            @ForAll boolean withPolicy,
            @ForAll boolean asked,
            @ForAll Who who) {
        RuntimeFixture withdrawals = RuntimeFixture.of(PROGRAM.formatted(
                overrideable ? "overrideable" : "",
                severity.text(),
                withPolicy && overrideable ? "overridePolicy: mayOverride" : ""));
        withdrawals.given("Withdrawal", "{'id':'w1'}");

        CommandResult result = withdrawals
                .runtime()
                .execute(CommandCall.of("Withdrawal", "pay", "w1")
                        .with(RuntimeFixture.json("{'amount':500}"))
                        .by(who.caller)
                        .with(CallOptions.NONE.withOverrides(
                                asked ? List.of(new OverrideRequest("limit", "because")) : List.of())));

        boolean authorised = withPolicy ? who == Who.MANAGER : who == Who.ADMIN;
        boolean overridden = overrideable && asked && authorised && severity != Severity.OK;
        assertThat(result.success()).isEqualTo(severity != Severity.BLOCK || overridden);
        assertThat(result.constraintOutcomes()).hasSize(1);
        assertThat(result.overrides()).hasSize(overridden ? 1 : 0);
        assertThat(result.warnings()).hasSize(severity == Severity.WARN ? 1 : 0);
        assertThat(result.blockers()).hasSize(severity == Severity.BLOCK && !overridden ? 1 : 0);
        assertThat(withdrawals.stored("Withdrawal", "w1").get("done").asBoolean())
                .isEqualTo(result.success());
        assertThat(withdrawals.entities().eventLog())
                .extracting(EntityEvent::name)
                .containsExactlyElementsOf(
                        !result.success()
                                ? List.of()
                                : overridden ? List.of("OverrideApplied", "Paid") : List.of("Paid"));
    }

    @Property(tries = 1)
    void anAppliedOverrideTellsWhoWhatWhenAndWhy() {
        RuntimeFixture withdrawals =
                RuntimeFixture.of(PROGRAM.formatted("overrideable", "block", "overridePolicy: mayOverride"));
        withdrawals.given("Withdrawal", "{'id':'w1'}");

        CommandResult result = withdrawals
                .runtime()
                .execute(CommandCall.of("Withdrawal", "pay", "w1")
                        .with(RuntimeFixture.json("{'amount':500}"))
                        .by(Who.MANAGER.caller)
                        .with(CallOptions.NONE.withOverrides(
                                List.of(new OverrideRequest("limit", "a good customer")))));

        assertThat(result.emittedEvents().get(0).channel()).isEqualTo("system");
        assertThat(result.emittedEvents().get(0).payload())
                .hasToString("{'constraintCode':'limit','reason':'a good customer','authorizedBy':'m-1',"
                        .concat(
                                "'timestamp':1772359200000,'commandName':'pay','entityName':'Withdrawal','instanceId':'w1'}")
                        .replace('\'', '"'));
        assertThat(result.overrides().get(0).overriddenBy()).isEqualTo("m-1");
    }

    enum Who {
        NOBODY(Caller.anonymous()),
        CLERK(Caller.user("c-1", "clerk")),
        MANAGER(Caller.user("m-1", "manager")),
        ADMIN(Caller.user("a-1", "admin"));

        private final Caller caller;

        Who(Caller caller) {
            this.caller = caller;
        }
    }
}
