package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** How a constructing command builds one final document: drafted, mutated, checked and stored once. Guards are named by
 * their index. */
public record InitializationPlan(
        List<String> initializationInputs,
        List<String> authenticatedOwnershipFields,
        List<DeclaredDefault> declaredDefaults,
        List<LifecycleState> initialLifecycleState,
        List<String> commandOwnedFields,
        List<String> draftFields,
        List<String> finalDocumentRequirements,
        List<Integer> dynamicGuardIndexes,
        List<Integer> redundantGuardIndexes) {
    public InitializationPlan {
        initializationInputs = initializationInputs == null ? List.of() : List.copyOf(initializationInputs);
        authenticatedOwnershipFields =
                authenticatedOwnershipFields == null ? List.of() : List.copyOf(authenticatedOwnershipFields);
        declaredDefaults = declaredDefaults == null ? List.of() : List.copyOf(declaredDefaults);
        initialLifecycleState = initialLifecycleState == null ? List.of() : List.copyOf(initialLifecycleState);
        commandOwnedFields = commandOwnedFields == null ? List.of() : List.copyOf(commandOwnedFields);
        draftFields = draftFields == null ? List.of() : List.copyOf(draftFields);
        finalDocumentRequirements =
                finalDocumentRequirements == null ? List.of() : List.copyOf(finalDocumentRequirements);
        dynamicGuardIndexes = dynamicGuardIndexes == null ? List.of() : List.copyOf(dynamicGuardIndexes);
        redundantGuardIndexes = redundantGuardIndexes == null ? List.of() : List.copyOf(redundantGuardIndexes);
    }

    /** A property that is filled without the caller, and by what. */
    public record DeclaredDefault(String property, DefaultSource source) {}

    /** The state a property starts in. */
    public record LifecycleState(String property, Value value) {}

    /** What fills a property the caller leaves out. */
    public enum DefaultSource {
        DEFAULT_VALUE("defaultValue"),
        AUTO_NOW("autoNow"),
        TIMESTAMPS("timestamps"),
        VERSION("version");

        private final String text;

        DefaultSource(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }
}
