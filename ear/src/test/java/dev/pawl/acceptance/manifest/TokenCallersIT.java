package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.HttpApi.Reply;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers who come with a MicroProfile JWT. */
@ExtendWith(SecuredServer.class)
class TokenCallersIT {

    private static final String SAFE = """
            entity Safe {
              property required id: string
              property openedBy: string = ""
              command open() {
                mutate openedBy = user.id
              }
              command fill(amount: number) {
                constraint tooMuch overrideable by guards severity block when amount > 10 message "Too much"
                mutate openedBy = "filled"
              }
            }
            store Safe in postgres
            policy bankers execute: "banker" in user.roles "Only a banker opens it"
            policy guards override: "guard" in user.roles
            """;

    private static SecuredServer.Running running;
    private static TokenIssuer issuer;
    private static EntityApi api;

    @BeforeAll
    static void deploy(SecuredServer.Running secured) {
        running = secured;
        issuer = running.issuer();
        api = running.api();
        assertThat(api.deploy("safe", SAFE).status()).isEqualTo(201);
    }

    private static String newSafe(EntityApi owner) {
        String id = UUID.randomUUID().toString();
        Reply created = owner.create("Safe", "{\"id\":\"" + id + "\"}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return id;
    }

    @Test
    @Tag("M-05")
    @Tag("J-07")
    void policiesSeeTheSubjectAndTheGroupsOfTheToken() {
        String id = newSafe(api);
        assertThat(api.run("Safe", id, "open", "{}").status()).isEqualTo(403);
        assertThat(running.as("paul", "clerk").run("Safe", id, "open", "{}").status())
                .isEqualTo(403);
        Reply opened = running.as("bea", "banker", "clerk").run("Safe", id, "open", "{}");
        assertThat(opened.status()).as(opened.text()).isEqualTo(200);
        assertThat(api.instance("Safe", id).path("openedBy").asText()).isEqualTo("bea");
    }

    @Test
    @Tag("J-07")
    void aTokenThatIsForgedExpiredOrForSomebodyElseIsRefused() {
        String id = newSafe(api);
        String forged = new TokenIssuer().token("bea", List.of("banker"));
        long yesterday = System.currentTimeMillis() / 1_000 - 86_400;
        String expired =
                issuer.token(TokenIssuer.claims("bea", List.of("banker")).put("exp", yesterday));
        String other = issuer.token(TokenIssuer.claims("bea", List.of("banker")).put("aud", "somebody-else"));
        for (String token : List.of(forged, expired, other, "nonsense")) {
            assertThat(api.with(token).run("Safe", id, "open", "{}").status())
                    .as(token)
                    .isIn(401, 403);
        }
        assertThat(api.instance("Safe", id).path("openedBy").asText()).isEmpty();
    }

    @Test
    @Tag("M-08")
    void anOverrideIsAuthorisedAndRecordedForTheSubjectOfTheToken() {
        String id = newSafe(api);
        String input = "{\"amount\":20,\"$overrides\":[{\"constraintCode\":\"tooMuch\",\"reason\":\"holiday\"}]}";
        assertThat(running.as("bea", "banker").run("Safe", id, "fill", input).status())
                .isEqualTo(422);
        Reply filled = running.as("gus", "banker", "guard").run("Safe", id, "fill", input);
        assertThat(filled.status()).as(filled.text()).isEqualTo(200);
        JsonNode applied = api.history("Safe", id).get(0);
        assertThat(applied.path("name").asText()).isEqualTo("OverrideApplied");
        assertThat(applied.at("/payload/authorizedBy").asText()).isEqualTo("gus");
    }

    @Test
    @Tag("K-03")
    @Tag("M-11")
    void twoTenantsWithTheSameKeyDoNotMeet() {
        EntityApi bistro = tenant("bistro");
        EntityApi tavern = tenant("tavern");
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        String order = "{\"input\":{\"title\":\"Menu\",\"pages\":1,\"copies\":2}}";

        Reply first = bistro.send("POST", "/api/workflows/print-on-demand/runs", order, key);
        Reply other = tavern.send("POST", "/api/workflows/print-on-demand/runs", order, key);

        assertThat(first.status()).as(first.text()).isEqualTo(202);
        assertThat(other.status()).as(other.text()).isEqualTo(202);
        String run = first.json().path("id").asText();
        assertThat(other.json().path("id").asText()).isNotEqualTo(run);
        assertThat(bistro.send("POST", "/api/workflows/print-on-demand/runs", order, key)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(run);
        assertThat(bistro.get("/api/runs/" + run).status()).isEqualTo(200);
        assertThat(tavern.get("/api/runs/" + run).status()).isEqualTo(404);

        String safe = newSafe(bistro);
        assertThat(bistro.run("Safe", safe, "open", "{}", key).status()).isEqualTo(200);
        assertThat(tavern.run("Safe", safe, "open", "{}", key)
                        .json()
                        .path("code")
                        .asText())
                .as("not the answer the other tenant was given")
                .isEqualTo("INSTANCE_NOT_FOUND");
    }

    private static EntityApi tenant(String name) {
        return api.with(
                issuer.token(TokenIssuer.claims("ann", List.of("banker")).put("tenant", name)));
    }

    @Test
    @Tag("M-15")
    void theTenantOfTheTokenSeparates() {
        EntityApi bistro = tenant("bistro");
        String id = newSafe(bistro);
        assertThat(bistro.get("/api/entities/Safe/" + id).status()).isEqualTo(200);
        assertThat(api.get("/api/entities/Safe/" + id).status()).isEqualTo(404);
        assertThat(running.as("bea", "banker").get("/api/entities/Safe/" + id).status())
                .isEqualTo(404);
    }
}
