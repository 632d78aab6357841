package dev.pawl.web.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.syntax.Grammar;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EntityOpenApiTest {

    private static final Ir PROGRAM =
            ManifestCompiler.compile("""
                    entity Parcel {
                      property required id: string
                      property weight: number = 0
                      property private secret: string = ""
                      computed heavy = self.weight > 20
                      command send(to: string, weight: number = 1, tags: string[]?) {
                        mutate weight = weight
                      }
                    }
                    command announce(text: string) {
                      emit Announced
                    }
                    event Announced: "announced" { text: string }
                    """, Grammar.EXTENDED).ir().orElseThrow();

    private final ObjectNode document = EntityOpenApi.of(List.of(PROGRAM));

    @Test
    @Tag("M-18")
    void everyCommandIsAPathWithTheSchemaOfItsInput() {
        String input = "/post/requestBody/content/application~1json/schema";
        assertThat(document.path("paths")
                        .path("/api/entities/Parcel/{id}/commands/send")
                        .at(input))
                .hasToString("{\"type\":\"object\",\"properties\":{\"to\":{\"type\":\"string\"},"
                        + "\"weight\":{\"type\":\"number\"},\"tags\":{\"type\":[\"array\",\"null\"],"
                        + "\"items\":{\"type\":\"string\"}}},\"required\":[\"to\"]}");
        assertThat(document.path("paths").has("/api/entities/Parcel/commands/send"))
                .isTrue();
        assertThat(document.path("paths").has("/api/entities/Parcel/commands/create"))
                .isTrue();
        assertThat(document.path("paths").path("/api/commands/announce").at(input + "/required/0"))
                .hasToString("\"text\"");
    }

    @Test
    void anInstanceHasItsComputedPropertiesAndHidesThePrivateOnes() {
        assertThat(document.at("/components/schemas/Entity.Parcel/properties"))
                .hasToString("{\"id\":{\"type\":\"string\"},\"weight\":{\"type\":\"number\"},"
                        + "\"heavy\":{\"readOnly\":true}}");
    }
}
