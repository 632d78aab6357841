package dev.pawl.engine.query;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** JSON Schemas (2020-12) of the types that user code exchanges. */
public final class TypeSchemas {

    private final TypeResolver types = new TypeResolver();
    private final SchemaGenerator generator;
    private final Map<String, JsonNode> known = new ConcurrentHashMap<>();

    public TypeSchemas() {
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
        config.with(new JacksonModule(JacksonOption.RESPECT_JSONPROPERTY_REQUIRED));
        this.generator = new SchemaGenerator(config.build());
    }

    public JsonNode of(JavaType type) {
        return known.computeIfAbsent(type.toCanonical(), name -> generate(type));
    }

    private synchronized JsonNode generate(JavaType type) {
        return generator.generateSchema(resolved(type));
    }

    /** The generator does not know Jackson's description of a type, so it gets its own. */
    private ResolvedType resolved(JavaType type) {
        return types.resolve(
                type.getRawClass(),
                type.getBindings().getTypeParameters().stream()
                        .map(this::resolved)
                        .toArray(ResolvedType[]::new));
    }
}
