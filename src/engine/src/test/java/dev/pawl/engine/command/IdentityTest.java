package dev.pawl.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("J-07")
class IdentityTest {

    @Test
    void oneOfTheGroupsMaySayTheTenantAndTheOthersAreRoles() {
        Identity anna = Identity.of("anna", List.of("tenant:bistro", "cook", "clerk"), Optional.empty());

        assertThat(anna.roles()).containsExactly("cook", "clerk");
        assertThat(anna.caller()).isEqualTo(new Caller("bistro", "anna"));
    }

    @Test
    void whatATokenStatesComesBeforeAGroup() {
        Identity anna = Identity.of("anna", List.of("tenant:bistro"), Optional.of("tavern"));

        assertThat(anna.caller().tenant()).isEqualTo("tavern");
    }

    @Test
    void withoutEitherTheTenantIsTheDefaultOne() {
        assertThat(Identity.of("mia", List.of("manager", "tenant:"), Optional.empty())
                        .caller())
                .isEqualTo(new Caller(Caller.DEFAULT_TENANT, "mia"));
    }
}
