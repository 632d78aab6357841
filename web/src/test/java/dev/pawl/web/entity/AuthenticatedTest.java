package dev.pawl.web.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.Identity;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.RefusalCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AuthenticatedTest {

    @Test
    @Tag("J-07")
    void groupsAreRolesAndOneOfThemMaySayTheTenant() {
        Caller caller =
                Authenticated.caller(Identity.of("anna", List.of("tenant:bistro", "cook", "clerk"), Optional.empty()));

        assertThat(caller.tenant()).isEqualTo("bistro");
        assertThat(caller.toJson())
                .hasToString("{\"user\":{\"id\":\"anna\",\"role\":\"cook\",\"roles\":[\"cook\",\"clerk\"],"
                        + "\"tenantId\":\"bistro\"},\"authenticated\":true,\"role\":\"cook\",\"tenantId\":\"bistro\"}");
    }

    @Test
    @Tag("J-07")
    void aTokensClaimSaysTheTenantBeforeAGroupDoes() {
        Caller caller = Authenticated.caller(Identity.of("anna", List.of("tenant:bistro"), Optional.of("tavern")));

        assertThat(caller.tenant()).isEqualTo("tavern");
    }

    @Test
    void withoutATenantTheCallerIsOfTheDefaultOne() {
        assertThat(Authenticated.caller(Identity.of("mia", List.of("manager"), Optional.empty()))
                        .tenant())
                .isEqualTo(Caller.DEFAULT_TENANT);
    }

    @Test
    @Tag("M-06")
    void everyRefusalHasItsStatus() {
        Map<Integer, List<RefusalCode>> byStatus =
                Arrays.stream(RefusalCode.values()).collect(Collectors.groupingBy(ResultResponse::status));

        assertThat(byStatus.keySet()).containsExactlyInAnyOrder(403, 404, 409, 422, 429);
        assertThat(byStatus.get(422))
                .contains(RefusalCode.GUARD_FAILED, RefusalCode.CONSTRAINT_BLOCKED, RefusalCode.INVALID_TRANSITION);
        assertThat(byStatus.get(403)).contains(RefusalCode.POLICY_DENIED);
        assertThat(byStatus.get(409)).contains(RefusalCode.CONCURRENCY_CONFLICT, RefusalCode.IDEMPOTENCY_KEY_REUSED);
    }
}
