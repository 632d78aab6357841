package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.acceptance.server.HttpApi.Reply;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cases of the suite's results as requests: each fixture is deployed in place of the one before, its instances get
 * ids of their own, its user comes by token. What a request cannot say is counted by its reason.
 */
final class PublishedResults {

    /** Why a case has no form as requests. */
    enum Left {
        /** A server fills the context from whom it has authenticated, and from nothing else. */
        CONTEXT_OF_THE_HARNESS,
        /** An override is always asked for on a server: see the reference of the language. */
        OVERRIDE_UNASKED
    }

    private static final String PROGRAM = "published-suite";
    private static final Pattern ENTITY = Pattern.compile("(?m)^\\s*entity\\s+(\\w+)");

    /** Where the clock of the suite stands; a server's clock tells the time of day. */
    private static final String SUITE_TIME = "1000000000000";

    private static final long LONGEST_CASE_MILLIS = 60_000;
    private static final String MADE_BY_THE_SUITE = "test-id-1";

    /** What the server itself keeps up to date, and nobody sets. */
    private static final Pattern MANAGED = Pattern.compile("(?m)^\\s*version(?:At)?Property\\s+(\\w+)");

    private static final Set<String> OVERRIDES_UNASKED =
            Set.of("22-override-authorization: process command succeeds with authorized override");

    private final EntityApi api;
    private final TokenIssuer issuer;
    private final Map<Left, Integer> left = new EnumMap<>(Left.class);
    private final List<String> failures = new ArrayList<>();
    private int present;
    private int passed;

    PublishedResults(EntityApi api, TokenIssuer issuer) {
        this.api = api;
        this.issuer = issuer;
    }

    /** Runs the whole suite; all that requests can say must come out as published. */
    static void assertAll(String where, PublishedSuite suite, EntityApi api, TokenIssuer issuer) {
        PublishedResults results = new PublishedResults(api, issuer);
        for (String fixture : suite.fixturesWith("results")) {
            results.run(fixture, suite.program(fixture), suite.expected(fixture, "results"));
        }
        System.out.printf(
                "conformance over HTTP: results, %s: %d of %d as expected, not expressible as requests: %s%n",
                where, results.passed, results.present, results.left);
        assertThat(results.failures).isEmpty();
        assertThat(results.present).isGreaterThan(100);
        assertThat(results.left.values().stream().mapToInt(Integer::intValue).sum())
                .isLessThan(5);
    }

    private void run(String fixture, String program, JsonNode expected) {
        UnaryOperator<String> rename = rename(program);
        Reply deployed = api.send(
                "POST",
                "/api/manifests?grammar=published&name=" + PROGRAM,
                rename.apply(program),
                Map.of("Content-Type", "text/plain"));
        if (deployed.status() > 201) {
            failures.add(fixture + " is not deployed: " + deployed.text());
            return;
        }
        int number = 0;
        for (JsonNode wanted : expected.get("testCases")) {
            present++;
            String name = fixture + ": " + wanted.path("name").asText();
            Optional<Left> unsaid = unsaid(name, wanted);
            if (unsaid.isPresent()) {
                left.merge(unsaid.get(), 1, Integer::sum);
                continue;
            }
            Optional<String> difference =
                    new Case(rewritten(wanted, rename, "-" + fixture + "-" + number++), managed(program)).difference();
            difference.ifPresentOrElse(found -> failures.add(name + ": " + found), () -> passed++);
        }
    }

    private static Optional<Left> unsaid(String name, JsonNode wanted) {
        if (OVERRIDES_UNASKED.contains(name)) {
            return Optional.of(Left.OVERRIDE_UNASKED);
        }
        return Credentials.of(wanted.path("context")).isPresent()
                ? Optional.empty()
                : Optional.of(Left.CONTEXT_OF_THE_HARNESS);
    }

    /** What a case's context says of its user, as a token says it; nothing for a case of nobody. */
    private record Credentials(@Nullable String subject, List<String> groups) {

        /** Empty when the context says what no token says. */
        static Optional<Credentials> of(JsonNode context) {
            String subject = context.at("/user/id").textValue();
            List<String> groups = new ArrayList<>();
            for (Map.Entry<String, JsonNode> said : context.properties()) {
                switch (said.getKey()) {
                    case "user" -> addGroup(groups, "", said.getValue().path("role"));
                    case "role" -> addGroup(groups, "", said.getValue());
                    case "tenantId" -> addGroup(groups, "tenant:", said.getValue());
                    case "authenticated" -> {
                        if (subject == null || !said.getValue().asBoolean()) {
                            return Optional.empty();
                        }
                    }
                    default -> {
                        return Optional.empty();
                    }
                }
            }
            return Optional.of(new Credentials(subject == null && !groups.isEmpty() ? "somebody" : subject, groups));
        }

        private static void addGroup(List<String> groups, String prefix, JsonNode name) {
            if (name.isTextual()) {
                groups.add(prefix + name.asText());
            }
        }
    }

    /** Entities that another program of the server declares get another name. */
    private UnaryOperator<String> rename(String program) {
        Set<String> taken = new HashSet<>();
        for (JsonNode running : api.get("/api/manifests").json().path("items")) {
            if (!running.path("name").asText().equals(PROGRAM)) {
                running.path("entities")
                        .forEach(entity -> taken.add(entity.path("name").asText()));
            }
        }
        Map<String, String> names = new HashMap<>();
        Matcher entities = ENTITY.matcher(program);
        while (entities.find()) {
            if (taken.contains(entities.group(1))) {
                names.put(entities.group(1), "Published" + entities.group(1));
            }
        }
        if (names.isEmpty()) {
            return UnaryOperator.identity();
        }
        Pattern any = Pattern.compile("\\b(" + String.join("|", names.keySet()) + ")\\b");
        return text -> any.matcher(text).replaceAll(found -> names.get(found.group(1)));
    }

    /** The case with the names in use, and with ids nobody else has. */
    private static JsonNode rewritten(JsonNode wanted, UnaryOperator<String> rename, String suffix) {
        Set<String> ids = new HashSet<>();
        addId(ids, wanted.at("/setup/createInstance/data/id"));
        wanted.at("/setup/createInstances").forEach(instance -> addId(ids, instance.at("/data/id")));
        addId(ids, wanted.at("/createInstance/data/id"));
        addId(ids, wanted.at("/persistenceTest/createData/id"));
        if (wanted.at("/command/warmupCount").asInt() > 0) {
            // nobody else's calls count against the limits of this user
            addId(ids, wanted.at("/context/user/id"));
        }
        return rewritten(
                wanted,
                text -> ids.contains(text.substring(text.lastIndexOf(':') + 1)) ? text + suffix : rename.apply(text));
    }

    private static List<String> managed(String program) {
        return MANAGED.matcher(program).results().map(found -> found.group(1)).toList();
    }

    private static void addId(Set<String> ids, JsonNode id) {
        if (id.isTextual()) {
            ids.add(id.asText());
        }
    }

    private static JsonNode rewritten(JsonNode node, UnaryOperator<String> change) {
        if (node instanceof ObjectNode object) {
            ObjectNode changed = object.objectNode();
            object.properties().forEach(field -> changed.set(field.getKey(), rewritten(field.getValue(), change)));
            return changed;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode changed = array.arrayNode();
            array.forEach(element -> changed.add(rewritten(element, change)));
            return changed;
        }
        return node.isTextual() ? TextNode.valueOf(change.apply(node.asText())) : node;
    }

    /** One case, as requests of its user. */
    private final class Case {
        private final EntityApi as;
        private final List<String> managed;
        private JsonNode wanted;

        Case(JsonNode wanted, List<String> managed) {
            this.wanted = wanted;
            this.managed = managed;
            Credentials user = Credentials.of(wanted.path("context")).orElseThrow();
            this.as = user.subject() == null ? api : api.with(issuer.token(user.subject(), user.groups()));
        }

        /** What came out otherwise; empty when nothing did. */
        Optional<String> difference() {
            List<JsonNode> instances = new ArrayList<>();
            if (wanted.path("setup").has("createInstance")) {
                instances.add(wanted.at("/setup/createInstance"));
            }
            wanted.at("/setup/createInstances").forEach(instances::add);
            for (JsonNode instance : instances) {
                ObjectNode data = instance.get("data").deepCopy();
                data.remove(managed);
                Reply created = create(instance.path("entity").asText(), data);
                if (created.status() != 201) {
                    return Optional.of("the instance to begin with was refused: " + created.text());
                }
                // a command that constructs its entity may give it another id
                String asked = data.path("id").asText();
                String given = created.json().path("id").asText();
                wanted = rewritten(wanted, text -> text.equals(asked) ? given : text);
            }
            if (wanted.has("command")) {
                return command();
            }
            if (wanted.has("computedProperty")) {
                JsonNode asked = wanted.get("computedProperty");
                JsonNode instance = instance(
                        asked.path("entity").asText(), asked.path("instanceId").asText());
                return unequal(
                        "computed", instance.path(asked.path("property").asText()), wanted.path("expectedValue"));
            }
            if (wanted.has("createInstance")) {
                return created(
                        wanted.at("/createInstance/entity").asText(),
                        wanted.at("/createInstance/data"),
                        wanted.get("expectedInstance"));
            }
            if (wanted.has("persistenceTest")) {
                return created(
                        wanted.at("/persistenceTest/entity").asText(),
                        wanted.at("/persistenceTest/createData"),
                        wanted.at("/persistenceTest/expectedAfterRestore"));
            }
            return constraints();
        }

        private Reply create(String entity, JsonNode data) {
            return as.create(entity, data.toString());
        }

        private JsonNode instance(String entity, String id) {
            return as.get("/api/entities/" + entity + "/" + id).json();
        }

        private Optional<String> created(String entity, JsonNode data, JsonNode expected) {
            Reply reply = as.send("POST", "/api/entities/" + entity + "/commands/create", data.toString(), Map.of());
            if (reply.status() != 200) {
                return Optional.of(reply.text());
            }
            ObjectNode comparable = expected.deepCopy();
            if (comparable.path("id").asText().equals(MADE_BY_THE_SUITE)) {
                comparable.remove("id");
            }
            return unlike("instance", reply.json().path("instance"), comparable);
        }

        private Optional<String> command() {
            JsonNode command = wanted.get("command");
            Reply reply = null;
            for (int i = 0; i <= command.path("warmupCount").asInt(); i++) {
                reply = run(command);
            }
            JsonNode result = reply.json();
            JsonNode expected = wanted.get("expectedResult");
            for (String field : List.of("success", "result", "error", "deniedBy")) {
                if (expected.has(field)) {
                    Optional<String> difference = unequal(field, result.path(field), expected.get(field));
                    if (difference.isPresent()) {
                        return Optional.of(difference.get() + " in " + result);
                    }
                }
            }
            return events(result.path("emittedEvents"), expected.path("emittedEvents"))
                    .or(() -> limit(result.path("rateLimitDenial"), expected.path("rateLimitDenial")))
                    .or(() -> like("/guardFailure/index", result, "/expectedGuardFailure/index"))
                    .or(() -> like("/policyDenial/policyName", result, "/expectedPolicyDenial/policyName"))
                    .or(() -> wanted.has("expectedInstanceState")
                            ? unlike(
                                    "state",
                                    instance(
                                            command.path("entityName").asText(),
                                            command.path("instanceId").asText()),
                                    wanted.get("expectedInstanceState"))
                            : Optional.empty());
        }

        private Reply run(JsonNode command) {
            ObjectNode body = command.path("input") instanceof ObjectNode input
                    ? input.deepCopy()
                    : ((ObjectNode) command).objectNode();
            if (command.has("overrideRequests")) {
                body.set("$overrides", command.get("overrideRequests"));
            }
            @Nullable String id = command.path("instanceId").textValue();
            @Nullable String entity = command.path("entityName").textValue();
            String path = entity == null
                    ? "/api/commands/" + command.path("name").asText()
                    : "/api/entities/" + entity + (id == null ? "" : "/" + id) + "/commands/"
                            + command.path("name").asText();
            return as.send("POST", path, body.toString(), Map.of());
        }

        /** How long to wait depends on the clock. */
        private Optional<String> limit(JsonNode actual, JsonNode expected) {
            if (!(expected instanceof ObjectNode limit)) {
                return Optional.empty();
            }
            ObjectNode comparable = limit.deepCopy();
            comparable.remove("retryAfterMs");
            return unlike("limit", actual, comparable);
        }

        private Optional<String> events(JsonNode actual, JsonNode expected) {
            if (actual.size() != expected.size()) {
                return Optional.of("events " + actual);
            }
            for (int i = 0; i < expected.size(); i++) {
                ObjectNode event = expected.get(i).deepCopy();
                // the server's own clock
                event.remove("timestamp");
                if (event.path("payload") instanceof ObjectNode payload) {
                    payload.remove("timestamp");
                }
                Optional<String> difference = unlike("event " + i, actual.get(i), event);
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }

        private Optional<String> constraints() {
            ObjectNode data = wanted.get("data").deepCopy();
            data.remove("id");
            JsonNode result = as.send(
                            "POST",
                            "/api/entities/" + wanted.path("entity").asText() + "/commands/create",
                            data.toString(),
                            Map.of())
                    .json();
            List<String> failed = new ArrayList<>();
            for (JsonNode outcome : result.path("constraintOutcomes")) {
                if (!outcome.path("passed").asBoolean()) {
                    failed.add(outcome.path("constraintName").asText());
                }
            }
            List<String> expected = new ArrayList<>();
            wanted.path("expectedConstraintFailures")
                    .forEach(outcome ->
                            expected.add(outcome.path("constraintName").asText()));
            return failed.equals(expected) ? Optional.empty() : Optional.of("constraints " + failed + " in " + result);
        }

        private Optional<String> like(String pointer, JsonNode result, String wantedPointer) {
            JsonNode expected = wanted.at(wantedPointer);
            return expected.isMissingNode() ? Optional.empty() : unequal(pointer, result.at(pointer), expected);
        }

        /** Every expected field has its value; there may be more. */
        private Optional<String> unlike(String what, JsonNode actual, JsonNode expected) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                Optional<String> difference = field.getValue().isObject()
                        ? unlike(what + "/" + field.getKey(), actual.path(field.getKey()), field.getValue())
                        : unequal(what + "/" + field.getKey(), actual.path(field.getKey()), field.getValue());
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }

        private Optional<String> unequal(String what, JsonNode actual, JsonNode expected) {
            boolean bothAbsent = expected.isMissingNode() && actual.isMissingNode();
            boolean isNow = expected.asText().equals(SUITE_TIME)
                    && Math.abs(actual.asLong() - System.currentTimeMillis()) < LONGEST_CASE_MILLIS;
            return bothAbsent || isNow || expected.equals(PublishedResults::compare, actual)
                    ? Optional.empty()
                    : Optional.of(what + " is " + actual + " in place of " + expected);
        }
    }

    private static int compare(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return left.equals(right) ? 0 : 1;
    }
}
