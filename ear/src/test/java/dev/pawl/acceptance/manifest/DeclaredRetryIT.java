package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.HttpApi.Reply;
import dev.pawl.acceptance.server.PostgresServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands that declare a retry, on a database that refuses the first two writes of a test with a timeout. */
@Tag("M-17")
class DeclaredRetryIT {

    private static final FeatureServer SERVER = FeatureServer.POSTGRES;

    private static final String PROGRAM = """
            entity Shaky {
              property required id: string
              property value: number = 0
              command patient() {
                retry { maxAttempts: 3 backoff: exponential delay: 1 retryOn: "TIMEOUT" }
                mutate value = self.value + 1
                emit Shaken { value: self.value }
              }
              command hasty() {
                retry { maxAttempts: 2 backoff: fixed delay: 1 retryOn: "TIMEOUT" }
                mutate value = self.value + 1
              }
              command picky() {
                retry { maxAttempts: 3 backoff: fixed delay: 1 retryOn: "STORE_UNAVAILABLE" }
                mutate value = self.value + 1
              }
              command plain() { mutate value = self.value + 1 }
            }
            store Shaky in postgres
            event Shaken: "shaky.shaken" { value: number }
            """;

    private static PostgresServer.Database database;
    private static EntityApi api;

    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void deploy() {
        api = EntityApi.of(SERVER.http());
        database = SERVER.database();
        assertThat(api.deploy("shaky", PROGRAM).status()).isIn(200, 201);
        // what a sequence has counted stays counted when a transaction is rolled back
        database.execute("""
                create sequence if not exists shaky_tries;
                create or replace function shaky_fails() returns trigger language plpgsql as $$
                begin
                  if nextval('shaky_tries') <= 2 then
                    raise exception 'made up by the test' using errcode = '57014';
                  end if;
                  return new;
                end $$;
                create or replace trigger shaky_fails before update on pawl_instance
                  for each row when (new.entity = 'Shaky') execute function shaky_fails()
                """);
    }

    @AfterAll
    static void mend() {
        database.execute("drop trigger shaky_fails on pawl_instance");
    }

    @BeforeEach
    void breakTheDatabaseTwice() {
        assertThat(api.create("Shaky", "{\"id\":\"" + id + "\"}").status()).isEqualTo(201);
        database.execute("alter sequence shaky_tries restart with 1");
    }

    private Reply run(String command, Map<String, String> headers) {
        return api.run("Shaky", id, command, "{}", headers);
    }

    @Test
    void aCommandIsTriedAgainUntilItSucceedsAndHasItsEffectOnce() {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());

        Reply reply = run("patient", key);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(run("patient", key).text()).isEqualTo(reply.text());
        assertThat(api.instance("Shaky", id).path("value").asInt()).isEqualTo(1);
        assertThat(api.history("Shaky", id)).hasSize(1);
        assertThat(database.query("select last_value from shaky_tries")).containsExactly("3");
    }

    @Test
    void itFailsOnceItsAttemptsAreUsedUp() {
        assertThat(run("hasty", Map.of()).status()).isEqualTo(500);
        assertThat(database.query("select last_value from shaky_tries")).containsExactly("2");
        assertThat(run("hasty", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void aFailureItDoesNotNameIsNotTriedAgain() {
        assertThat(run("picky", Map.of()).json().path("code").asText()).isEqualTo("INTERNAL_ERROR");
        assertThat(run("plain", Map.of()).status()).isEqualTo(500);
        assertThat(database.query("select last_value from shaky_tries")).containsExactly("2");
        assertThat(api.instance("Shaky", id).path("value").asInt()).isZero();
    }
}
