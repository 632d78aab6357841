package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.Probes;
import dev.pawl.acceptance.server.HttpApi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the guides' dialect adds to the published language, at work on a server. */
@Tag("M-02")
class GuidesDialectIT {

    private static final FeatureServer SERVER = FeatureServer.EMBEDDED;

    private static final String PANTRY = """
            # a comment of the other kind
            entity PantryItem {
              property required id: string
              property stock: number = 0
              property par: number = 5
              property name: string?
              property tags: string[] = []
              property done: number = 0
              property planned: number = 0
              property note: string = "" required
              store PantryItem in postgres

              computed lacking = self.par - self.stock
              computed label = self.name is empty ? "unnamed" : self.name
              computed tagged = self.tags is not empty
              computed drafted = self.name is "draft"
              computed undrafted = self.name is not "draft"
              computed known = self.name in ["draft", "final"]
              computed unknown = self.name not in [
                "draft",
                "final",
              ]
              computed percentComplete = self.planned == 0 ? 0
                : self.done / self.planned * 100
              computed active = self.stock == 1
                or self.stock == 2
                or
                  self.stock == 3

              constraint plenty severity ok when self.stock > 1000 message "Plenty"
              constraint belowPar severity warn
                when self.stock < self.par
                message "Stock is below par"
              constraint stockOut severity block when self.stock < 0 message "Out of stock" code "OUT"

              command consume(quantity: number) {
                constraint wholesale severity warn when quantity > 100 message "That is a lot"
                guard quantity > 0
                mutate self.stock = self.stock - quantity
                emit PantryConsumed {
                  id: self.id
                  quantity: quantity > 100
                    ? 100
                    : quantity
                }
              }
              command rename(to: string?, note?: string) {
                guard self.stock is not empty
                mutate this.name = to
                mutate note = note is empty ? "renamed" : note
              }
              command rest {
                mutate self.note =
                  "rested"
              }
            }

            entity PantryScrap {
              property required id: string
              property seen: number = 0
              store in memory
              command look { mutate this.seen = self.seen + 1 }
            }

            event PantryConsumed: message { id: string, quantity: number }

            policy everybody execute: true
              "Everybody may"
            """;

    private EntityApi api;

    @BeforeEach
    void deploy() {
        api = EntityApi.of(SERVER.http());
        Reply deployed = api.deploy("pantry", PANTRY);
        assertThat(deployed.status()).as(deployed.text()).isIn(200, 201);
    }

    private String item(String properties) {
        String id = UUID.randomUUID().toString();
        Reply created = api.create("PantryItem", "{\"id\":\"" + id + "\"" + properties + "}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return id;
    }

    private JsonNode read(String properties) {
        return api.instance("PantryItem", item(properties));
    }

    @Test
    void propertiesAreWrittenByTheirNamesOfTheInstance() {
        String id = item(",\"stock\":10");

        Reply consumed = api.run("PantryItem", id, "consume", "{\"quantity\":4}");

        assertThat(consumed.status()).as(consumed.text()).isEqualTo(200);
        assertThat(api.instance("PantryItem", id).path("stock").asInt()).isEqualTo(6);
        Reply renamed = api.run("PantryItem", id, "rename", "{\"to\":\"flour\",\"note\":\"by hand\"}");
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
        assertThat(api.instance("PantryItem", id).path("name").asText()).isEqualTo("flour");
        assertThat(api.instance("PantryItem", id).path("note").asText()).isEqualTo("by hand");
        assertThat(api.run("PantryItem", id, "rest", "{}").status()).isEqualTo(200);
        assertThat(api.instance("PantryItem", id).path("note").asText()).isEqualTo("rested");
    }

    @Test
    void aParameterThatMayBeNullMayBeLeftOut() {
        String id = item(",\"name\":\"flour\"");

        Reply renamed = api.run("PantryItem", id, "rename", "{}");

        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
        assertThat(api.instance("PantryItem", id).path("name").isTextual()).isFalse();
        assertThat(api.instance("PantryItem", id).path("note").asText()).isEqualTo("renamed");
    }

    @Test
    void computedPropertiesNeedNoType() {
        assertThat(read(",\"stock\":2").path("lacking").asInt()).isEqualTo(3);
        assertThat(read(",\"stock\":2").path("active").asBoolean()).isTrue();
        assertThat(read(",\"stock\":4").path("active").asBoolean()).isFalse();
        JsonNode schema = api.get("/api/manifests/openapi").json().at("/components/schemas/Entity.PantryItem");
        assertThat(schema.at("/properties/lacking/readOnly").asBoolean()).isTrue();
    }

    @Test
    void emptinessIsOfTextsListsAndNothing() {
        assertThat(read("").path("label").asText()).isEqualTo("unnamed");
        assertThat(read(",\"name\":\"\"").path("label").asText()).isEqualTo("unnamed");
        assertThat(read(",\"name\":\"salt\"").path("label").asText()).isEqualTo("salt");
        assertThat(read("").path("tagged").asBoolean()).isFalse();
        assertThat(read(",\"tags\":[\"a\"]").path("tagged").asBoolean()).isTrue();
    }

    @Test
    void isAndInHaveTheirNegations() {
        JsonNode draft = read(",\"name\":\"draft\"");
        JsonNode other = read(",\"name\":\"other\"");
        for (String positive : List.of("drafted", "known")) {
            assertThat(draft.path(positive).asBoolean()).as(positive).isTrue();
            assertThat(other.path(positive).asBoolean()).as(positive).isFalse();
        }
        for (String negative : List.of("undrafted", "unknown")) {
            assertThat(draft.path(negative).asBoolean()).as(negative).isFalse();
            assertThat(other.path(negative).asBoolean()).as(negative).isTrue();
        }
    }

    @Test
    void anExpressionGoesOnInTheNextLine() {
        assertThat(read("").path("percentComplete").asInt()).isZero();
        assertThat(read(",\"done\":1,\"planned\":4").path("percentComplete").asInt())
                .isEqualTo(25);
        String id = item(",\"stock\":900");
        JsonNode result =
                api.run("PantryItem", id, "consume", "{\"quantity\":200}").json();
        assertThat(result.at("/emittedEvents/0/payload/quantity").asInt()).isEqualTo(100);
        assertThat(result.at("/emittedEvents/0/channel").asText()).isEqualTo("message");
    }

    @Test
    @Tag("M-07")
    void aConstraintFailsWhenItsConditionIsTrueAndItsSeverityDecides() {
        String id = item(",\"stock\":2000");
        JsonNode plenty =
                api.run("PantryItem", id, "consume", "{\"quantity\":101}").json();
        assertThat(plenty.path("success").asBoolean()).isTrue();
        assertThat(findings(plenty, false)).containsExactly("wholesale warn That is a lot");
        assertThat(findings(plenty, true))
                .as("one that only informs never fails")
                .contains("plenty ok Plenty");

        JsonNode low =
                api.run("PantryItem", id, "consume", "{\"quantity\":1896}").json();
        assertThat(low.path("success").asBoolean()).isTrue();
        assertThat(findings(low, false))
                .containsExactly("wholesale warn That is a lot", "belowPar warn Stock is below par");

        Reply out = api.run("PantryItem", id, "consume", "{\"quantity\":4}");
        assertThat(out.status()).isEqualTo(422);
        assertThat(out.json().path("code").asText()).isEqualTo("CONSTRAINT_BLOCKED");
        assertThat(findings(out.json(), false))
                .containsExactly("belowPar warn Stock is below par", "OUT block Out of stock");
        assertThat(api.instance("PantryItem", id).path("stock").asInt()).isEqualTo(3);
        assertThat(api.history("PantryItem", id)).hasSize(2);
    }

    private static List<String> findings(JsonNode result, boolean passed) {
        List<String> found = new ArrayList<>();
        for (JsonNode outcome : result.path("constraintOutcomes")) {
            if (outcome.path("passed").asBoolean() == passed) {
                found.add(outcome.path("code").asText() + " "
                        + outcome.path("severity").asText() + " "
                        + outcome.path("message").asText());
            }
        }
        return found;
    }

    @Test
    @Tag("M-07")
    void aBeanOfTheApplicationAsksItsResultForWarningsAndBlockers() {
        String id = item(",\"stock\":7");
        String path = "/" + Probes.MODULE + "/pantry?id=" + id + "&quantity=";

        JsonNode low = SERVER.http().post(path + 3, "").json();
        JsonNode out = SERVER.http().post(path + 30, "").json();

        assertThat(low.toString()).isEqualTo("{\"success\":true,\"warnings\":[\"belowPar\"],\"blockers\":[]}");
        assertThat(out.toString()).isEqualTo("{\"success\":false,\"warnings\":[\"belowPar\"],\"blockers\":[\"OUT\"]}");
    }

    @Test
    void aStoreMayStandInsideItsEntityAndACommandNeedsNoBrackets() {
        String id = api.create("PantryScrap", "{}").json().path("id").asText();

        assertThat(api.run("PantryScrap", id, "look", "{}").status()).isEqualTo(200);

        assertThat(api.instance("PantryScrap", id).path("seen").asInt()).isEqualTo(1);
    }

    @Test
    @Tag("M-03")
    void whatTheDialectDoesNotKnowIsAnErrorWithItsPlaceAndAHint() {
        Reply refused = api.deploy("pantry", PANTRY.replace("mutate this.seen", "mutat this.seen"));

        assertThat(refused.status()).isEqualTo(422);
        JsonNode diagnostic = refused.json().at("/diagnostics/0");
        assertThat(diagnostic.path("message").asText()).contains("mutat", "mutate");
        assertThat(diagnostic.path("line").asInt()).isPositive();
        assertThat(diagnostic.path("column").asInt()).isPositive();
        assertThat(api.run("PantryItem", item(",\"stock\":1"), "rest", "{}").status())
                .as("the version before still runs")
                .isEqualTo(200);
    }
}
