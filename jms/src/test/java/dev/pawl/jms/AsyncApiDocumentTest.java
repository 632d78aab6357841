package dev.pawl.jms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.pawl.jms.contract.CommandType;
import dev.pawl.jms.contract.Destinations;
import dev.pawl.jms.contract.JobMessage;
import dev.pawl.jms.contract.MessageProperties;
import dev.pawl.jms.contract.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AsyncApiDocumentTest {

    private final JsonNode document = document();

    @Test
    void theCommandsAreThoseTheQueueTakes() {
        assertThat(names(document.at("/channels/commands/messages")))
                .isEqualTo(Arrays.stream(CommandType.values())
                        .map(CommandType::wireName)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @EnumSource
    void aCommandHasTheMembersOfItsRecord(CommandType type) {
        Set<String> expected = members(type.shape());
        expected.add("type");

        assertThat(names(message(type.wireName()).at("/payload/properties"))).isEqualTo(expected);
    }

    @Test
    void repliesAndJobsHaveTheMembersOfTheirRecords() {
        assertThat(names(message("reply").at("/payload/properties"))).isEqualTo(members(Reply.class));
        assertThat(names(message("reply").at("/payload/properties/error/properties")))
                .isEqualTo(members(Reply.Fault.class));
        assertThat(names(message("job").at("/payload/properties"))).isEqualTo(members(JobMessage.class));
    }

    @Test
    void eventsAndDeadLettersHaveTheirProperties() throws IllegalAccessException {
        Set<String> events = new TreeSet<>();
        for (Field constant : MessageProperties.class.getFields()) {
            if (constant.getName().startsWith("CE_") && !constant.getName().equals("CE_PREFIX")) {
                events.add((String) constant.get(null));
            }
        }

        assertThat(names(message("event").at("/headers/properties"))).isEqualTo(events);
        assertThat(names(message("deadLetter").at("/headers/properties")))
                .containsExactlyInAnyOrder(
                        MessageProperties.REASON,
                        MessageProperties.ORIGINAL_MESSAGE_ID,
                        MessageProperties.IDEMPOTENCY_KEY);
    }

    @Test
    void theAddressesAreTheDefaults() {
        Set<String> addresses = new TreeSet<>();
        document.path("channels").forEach(channel -> {
            if (!channel.path("address").isNull()) {
                addresses.add(channel.path("address").asText());
            }
        });

        assertThat(addresses)
                .isEqualTo(Stream.of(
                                Destinations.COMMANDS_ADDRESS,
                                Destinations.COMMANDS_DEAD_ADDRESS,
                                Destinations.JOBS_ADDRESS,
                                Destinations.EVENTS_ADDRESS,
                                Destinations.EVENTS_IN_ADDRESS,
                                Destinations.EVENTS_IN_DEAD_ADDRESS)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private JsonNode message(String name) {
        return document.path("components").path("messages").path(name);
    }

    private static Set<String> members(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        for (Iterator<String> all = object.fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return names;
    }

    private static JsonNode document() {
        try (InputStream yaml = AsyncApiDocumentTest.class.getResourceAsStream("/META-INF/asyncapi.yaml")) {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
