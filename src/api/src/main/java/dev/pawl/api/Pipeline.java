package dev.pawl.api;

import dev.pawl.api.flow.StartPolicies;
import dev.pawl.api.flow.StartPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as groups of stages: the stages of a group run in parallel, a group starts when the one before it is
 * complete, and its input is that group's output.
 *
 * <pre>{@code
 * Pipeline.named("document-processor", Document.class)
 *     .then(new ExtractText())
 *     .parallel(new DetectLanguage(), new ExtractKeywords(), Analysis::new)
 *     .then(new Summarize())
 *     .build();
 * }</pre>
 *
 * <p>A pipeline is immutable. Its version is declared, never derived: raise it when the groups or their types change.
 */
public final class Pipeline<I, O> {

    private final String id;
    private final String description;
    private final int version;
    private final Class<I> inputType;
    private final List<Group> groups;
    private final StartPolicies startPolicies;

    private Pipeline(
            String id,
            String description,
            int version,
            Class<I> inputType,
            List<Group> groups,
            StartPolicies startPolicies) {
        this.id = id;
        this.description = description;
        this.version = version;
        this.inputType = inputType;
        this.groups = List.copyOf(groups);
        this.startPolicies = startPolicies;
    }

    /** Begins a pipeline; with no further call its version is 1. */
    public static <I> Builder<I, I> named(String id, Class<I> inputType) {
        return new Builder<>(Names.requireId("workflow", id), inputType);
    }

    public String id() {
        return id;
    }

    public String description() {
        return description;
    }

    public int version() {
        return version;
    }

    public Class<I> inputType() {
        return inputType;
    }

    public List<Group> groups() {
        return groups;
    }

    public StartPolicies startPolicies() {
        return startPolicies;
    }

    /**
     * Stages that run in parallel, or a single one.
     *
     * @param number counted from 0
     * @param join makes one value of the outputs, given in the order of the stages; absent: a map by stage id, or, of a
     *     single stage, its output
     * @param atMost stages of a run that are at work at the same time; 0 for all
     */
    public record Group(
            int number, List<Stage<?, ?>> stages, @Nullable Function<List<?>, ?> join, int atMost) {
        public Group {
            stages = List.copyOf(stages);
        }

        /** All stages at once. */
        public Group(int number, List<Stage<?, ?>> stages, @Nullable Function<List<?>, ?> join) {
            this(number, stages, join, 0);
        }

        Group atMost(int limit) {
            return new Group(number, stages, join, limit);
        }
    }

    /** Joins three outputs. */
    @FunctionalInterface
    public interface Join3<A, B, C, R> {
        R join(A first, B second, C third);
    }

    /** Joins four outputs. */
    @FunctionalInterface
    public interface Join4<A, B, C, D, R> {
        R join(A first, B second, C third, D fourth);
    }

    /** Collects groups; {@code C} is the output of the last one so far. */
    public static final class Builder<I, C> {
        private final String id;
        private final Class<I> inputType;
        private final List<Group> groups = new ArrayList<>();
        private String description = "";
        private int version = 1;
        private StartPolicies startPolicies = StartPolicies.NONE;

        private Builder(String id, Class<I> inputType) {
            this.id = id;
            this.inputType = inputType;
        }

        public Builder<I, C> describedAs(String text) {
            description = text;
            return this;
        }

        public Builder<I, C> version(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("The version of workflow '" + id + "' must be at least 1");
            }
            version = value;
            return this;
        }

        /** Flow control of the starts of its runs. */
        public Builder<I, C> startedUnder(StartPolicy... policies) {
            startPolicies = StartPolicies.of(policies);
            return this;
        }

        public <N> Builder<I, N> then(Stage<? super C, N> stage) {
            return group(List.of(stage), null);
        }

        /** A stage that takes no input, whatever came before. */
        public <N> Builder<I, N> thenWithoutInput(Stage<None, N> stage) {
            return group(List.of(stage), null);
        }

        /** Stages side by side; the output is a map by stage id. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final Builder<I, StageOutputs> parallel(Stage<? super C, ?>... stages) {
            return group(List.of(stages), null);
        }

        @SuppressWarnings("unchecked")
        public <A, B, N> Builder<I, N> parallel(
                Stage<? super C, A> first, Stage<? super C, B> second, BiFunction<A, B, N> join) {
            return group(List.of(first, second), outputs -> join.apply((A) outputs.get(0), (B) outputs.get(1)));
        }

        @SuppressWarnings("unchecked")
        public <A, B, D, N> Builder<I, N> parallel(
                Stage<? super C, A> first,
                Stage<? super C, B> second,
                Stage<? super C, D> third,
                Join3<A, B, D, N> join) {
            return group(
                    List.of(first, second, third),
                    outputs -> join.join((A) outputs.get(0), (B) outputs.get(1), (D) outputs.get(2)));
        }

        @SuppressWarnings("unchecked")
        public <A, B, D, E, N> Builder<I, N> parallel(
                Stage<? super C, A> first,
                Stage<? super C, B> second,
                Stage<? super C, D> third,
                Stage<? super C, E> fourth,
                Join4<A, B, D, E, N> join) {
            return group(
                    List.of(first, second, third, fourth),
                    outputs ->
                            join.join((A) outputs.get(0), (B) outputs.get(1), (D) outputs.get(2), (E) outputs.get(3)));
        }

        /**
         * Lets at most so many stages of the group before be at work at the same time, in each run; a stage that waits for
         * work elsewhere or for its next attempt counts.
         */
        public Builder<I, C> atMost(int stages) {
            if (groups.isEmpty() || stages < 1) {
                throw new IllegalArgumentException("In workflow '" + id
                        + "' atMost follows a group and lets at least 1 stage be at work, was given " + stages);
            }
            groups.set(groups.size() - 1, groups.get(groups.size() - 1).atMost(stages));
            return this;
        }

        /**
         * Checks and ends the definition.
         *
         * @throws IllegalArgumentException when there is no stage, an id is used twice or badly formed, or a stage depends
         *     on one that does not run in an earlier group; the message names the ids
         */
        public Pipeline<I, C> build() {
            if (groups.isEmpty()) {
                throw new IllegalArgumentException("Workflow '" + id + "' has no stage");
            }
            Set<String> earlier = new LinkedHashSet<>();
            for (Group group : groups) {
                checkDependencies(group, earlier);
                for (Stage<?, ?> stage : group.stages()) {
                    if (!earlier.add(Names.requireId("stage", stage.id()))) {
                        throw new IllegalArgumentException(
                                "Workflow '" + id + "' has two stages with the id '" + stage.id() + "'");
                    }
                }
            }
            return new Pipeline<>(id, description, version, inputType, groups, startPolicies);
        }

        private void checkDependencies(Group group, Set<String> earlier) {
            Map<String, Set<String>> missing = new LinkedHashMap<>();
            for (Stage<?, ?> stage : group.stages()) {
                Set<String> absent = new LinkedHashSet<>(stage.dependsOn());
                absent.removeAll(earlier);
                if (!absent.isEmpty()) {
                    missing.put(stage.id(), absent);
                }
            }
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("In workflow '" + id
                        + "' stages depend on others that do not run before them (stage=missing): " + missing
                        + "; run before them: " + earlier);
            }
        }

        @SuppressWarnings("unchecked")
        private <N> Builder<I, N> group(List<? extends Stage<?, ?>> stages, @Nullable Function<List<?>, ?> join) {
            if (stages.isEmpty()) {
                throw new IllegalArgumentException("Workflow '" + id + "' has a parallel group without stages");
            }
            groups.add(new Group(groups.size(), List.copyOf(stages), join));
            return (Builder<I, N>) this;
        }
    }
}
