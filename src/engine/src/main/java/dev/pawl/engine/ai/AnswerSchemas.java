package dev.pawl.engine.ai;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas that tell a model what its answer has to look like. They keep to what providers enforce: every member is
 * required, no other is allowed, and a member that may be missing may be null instead.
 */
final class AnswerSchemas {

    private static final Map<Class<?>, String> FORMATS = Map.of(
            Instant.class, "date-time",
            OffsetDateTime.class, "date-time",
            ZonedDateTime.class, "date-time",
            LocalDate.class, "date",
            LocalTime.class, "time",
            Duration.class, "duration",
            UUID.class, "uuid");

    private final SchemaGenerator generator;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<Class<?>, AnswerSchema> known = new ConcurrentHashMap<>();

    /** What answers of a type must look like. */
    record AnswerSchema(Class<?> type, AiProvider.Schema told, Schema validator) {}

    AnswerSchemas() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule())
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        config.forFields()
                .withRequiredCheck(field -> true)
                .withNullableCheck(AnswerSchemas::isNullable)
                .withStringFormatResolver(field -> FORMATS.get(field.getType().getErasedType()));
        generator = new SchemaGenerator(config.build());
    }

    /** @throws IllegalArgumentException when the type is not written as an object */
    AnswerSchema of(Class<?> type) {
        return known.computeIfAbsent(type, this::generate);
    }

    private synchronized AnswerSchema generate(Class<?> type) {
        JsonNode schema = generator.generateSchema(type);
        if (!schema.path("type").asText().equals("object")) {
            throw new IllegalArgumentException("An AI model answers with objects; " + type.getName()
                    + " is not written as one. Put it into a record.");
        }
        return new AnswerSchema(
                type, new AiProvider.Schema(type.getSimpleName(), schema.toString()), registry.getSchema(schema));
    }

    private static boolean isNullable(FieldScope field) {
        ResolvedType declared = field.getDeclaredType();
        return Optional.class == declared.getErasedType() || isMarkedNullable(field.getRawMember());
    }

    private static boolean isMarkedNullable(Field field) {
        return hasNullable(field) || hasNullable(field.getAnnotatedType());
    }

    /** Whosever annotation it is. */
    private static boolean hasNullable(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.getSimpleName().equals(Nullable.class.getSimpleName()));
    }
}
