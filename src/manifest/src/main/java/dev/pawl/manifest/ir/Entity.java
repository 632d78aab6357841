package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kind of instance: its properties, its rules, and the names of its commands and policies. What an entity inherits from
 * a parent or a mixin is already copied in. */
public record Entity(
        String name,
        @Nullable String module,
        List<Property> properties,
        List<ComputedProperty> computedProperties,
        List<Relationship> relationships,
        List<String> commands,
        List<Constraint> constraints,
        List<String> policies,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> defaultPolicies,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> key,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<List<String>> alternateKeys,
        @Nullable String versionProperty,
        @Nullable String versionAtProperty,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean timestamps,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean realtime,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean external,
        @Nullable String parent,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> mixins,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Transition> transitions,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Approval> approvals) {
    public Entity {
        properties = properties == null ? List.of() : List.copyOf(properties);
        computedProperties = computedProperties == null ? List.of() : List.copyOf(computedProperties);
        relationships = relationships == null ? List.of() : List.copyOf(relationships);
        commands = commands == null ? List.of() : List.copyOf(commands);
        constraints = constraints == null ? List.of() : List.copyOf(constraints);
        policies = policies == null ? List.of() : List.copyOf(policies);
        defaultPolicies = defaultPolicies == null ? List.of() : List.copyOf(defaultPolicies);
        key = key == null ? List.of() : List.copyOf(key);
        alternateKeys = alternateKeys == null ? List.of() : List.copyOf(alternateKeys);
        mixins = mixins == null ? List.of() : List.copyOf(mixins);
        transitions = transitions == null ? List.of() : List.copyOf(transitions);
        approvals = approvals == null ? List.of() : List.copyOf(approvals);
    }

    public Optional<Property> property(String propertyName) {
        return properties.stream()
                .filter(property -> property.name().equals(propertyName))
                .findFirst();
    }

    public Optional<Relationship> relationship(String relationshipName) {
        return relationships.stream()
                .filter(relationship -> relationship.name().equals(relationshipName))
                .findFirst();
    }
}
