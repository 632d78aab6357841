package dev.pawl.api.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as a table. Each instance has a name, a state and data; an event takes it from one state to another.
 *
 * <pre>{@code
 * StateMachine.named("parcel", Parcel.class)
 *     .initial("packed")
 *     .transition("packed", "ship", "under-way").then(ctx -> ctx.data().shippedAt(ctx.now()))
 *     .transition("under-way", "deliver", "delivered")
 *     .transition("delivered", "return", "returned")
 *         .when(ctx -> ctx.since().plus(Duration.ofDays(30)).isAfter(ctx.now()))
 *     .onEntry("delivered", ctx -> ctx.data().signedBy(ctx.payload(Signature.class)))
 *     .build();
 * }</pre>
 *
 * <p>A transition happens in one transaction and in this order: guard, exit of the old state, action, entry of the new one;
 * then state and data are stored. Guards and actions run inside that transaction: what they do to the database and by JMS
 * through the container commits with it, and whatever one of them throws leaves everything as it was. Events of one
 * instance are handled one after the other, on whatever server they come in.
 *
 * <p>A state that no transition leaves is final: the instance's run is then complete. An event that has no line in the
 * state it meets is refused; so is one whose guards all say no.
 *
 * <p>{@code D} is a concrete type that Jackson can read and write, a record as a rule.
 */
public final class StateMachine<D> {

    private static final int LONGEST_NAME = 100;

    private final String id;
    private final String description;
    private final int version;
    private final Class<D> dataType;
    private final String initial;
    private final Optional<Supplier<D>> startingWith;
    private final Set<String> states;
    private final List<Transition<D>> transitions;
    private final Map<String, Transition.Action<D>> entries;
    private final Map<String, Transition.Action<D>> exits;

    private StateMachine(Builder<D> builder, String initial) {
        this.id = builder.id;
        this.description = builder.description;
        this.version = builder.version;
        this.dataType = builder.dataType;
        this.initial = initial;
        this.startingWith = Optional.ofNullable(builder.startingWith);
        this.states = Set.copyOf(builder.states);
        this.transitions = List.copyOf(builder.transitions);
        this.entries = Map.copyOf(builder.entries);
        this.exits = Map.copyOf(builder.exits);
    }

    /** Begins a machine; with no further call its version is 1. */
    public static <D> Builder<D> named(String id, Class<D> dataType) {
        return new Builder<>(requireName("machine", id), dataType);
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

    public Class<D> dataType() {
        return dataType;
    }

    public String initial() {
        return initial;
    }

    /** Makes the data of an instance that its first event brings into being. */
    public Optional<Supplier<D>> startingWith() {
        return startingWith;
    }

    public Set<String> states() {
        return states;
    }

    public List<Transition<D>> transitions() {
        return transitions;
    }

    /** The lines for this event in this state, in the order in which they were declared. */
    public List<Transition<D>> from(String state, String event) {
        return transitions.stream()
                .filter(line -> line.from().equals(state) && line.event().equals(event))
                .toList();
    }

    /** Events that have a line in this state, in order. */
    public List<String> eventsIn(String state) {
        return transitions.stream()
                .filter(line -> line.from().equals(state))
                .map(Transition::event)
                .distinct()
                .toList();
    }

    public boolean isFinal(String state) {
        return transitions.stream().noneMatch(line -> line.from().equals(state));
    }

    public Transition.Action<D> entryOf(String state) {
        return entries.getOrDefault(state, Transition.Action.none());
    }

    public Transition.Action<D> exitOf(String state) {
        return exits.getOrDefault(state, Transition.Action.none());
    }

    private static String requireName(String what, String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || !name.chars().allMatch(StateMachine::isAllowed)) {
            throw new IllegalArgumentException("The name of a " + what + " has 1 to " + LONGEST_NAME
                    + " letters, digits, '-', '_' and '.', this one is '" + name + "'");
        }
        return name;
    }

    private static boolean isAllowed(int character) {
        return Character.isLetterOrDigit(character) || character == '-' || character == '_' || character == '.';
    }

    /** Collects the lines of the table. */
    public static final class Builder<D> {
        private final String id;
        private final Class<D> dataType;
        private final Set<String> states = new LinkedHashSet<>();
        private final List<Transition<D>> transitions = new ArrayList<>();
        private final Map<String, Transition.Action<D>> entries = new LinkedHashMap<>();
        private final Map<String, Transition.Action<D>> exits = new LinkedHashMap<>();
        private String description = "";
        private int version = 1;
        private String initial = "";
        private @Nullable Supplier<D> startingWith;

        private Builder(String id, Class<D> dataType) {
            this.id = id;
            this.dataType = dataType;
        }

        public Builder<D> describedAs(String text) {
            description = text;
            return this;
        }

        public Builder<D> version(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("The version of machine '" + id + "' must be at least 1");
            }
            version = value;
            return this;
        }

        /** The state of a new instance. */
        public Builder<D> initial(String state) {
            initial = state(state);
            return this;
        }

        /** Lets the first event of an instance bring it into being, with this data. */
        public Builder<D> startingWith(Supplier<D> data) {
            startingWith = data;
            return this;
        }

        /** Declares states that no line names. */
        public Builder<D> states(String... names) {
            for (String name : names) {
                state(name);
            }
            return this;
        }

        /** Adds a line; {@link #when} and {@link #then} after it belong to it. */
        public Builder<D> transition(String from, String event, String to) {
            transitions.add(new Transition<>(
                    state(from), requireName("event", event), state(to), context -> true, Transition.Action.none()));
            return this;
        }

        /** The last line applies only when this holds. */
        public Builder<D> when(Predicate<MachineContext<D>> guard) {
            Transition<D> line = last("when");
            transitions.add(new Transition<>(line.from(), line.event(), line.to(), guard, line.action()));
            return this;
        }

        /** What the last line does between the exit of the old state and the entry of the new one. */
        public Builder<D> then(Transition.Action<D> action) {
            Transition<D> line = last("then");
            transitions.add(new Transition<>(line.from(), line.event(), line.to(), line.guard(), action));
            return this;
        }

        /** Done whenever the state is entered, also by a line that leads back to it. */
        public Builder<D> onEntry(String state, Transition.Action<D> action) {
            entries.put(state, action);
            return this;
        }

        /** Done whenever the state is left. */
        public Builder<D> onExit(String state, Transition.Action<D> action) {
            exits.put(state, action);
            return this;
        }

        /**
         * Checks and ends the table.
         *
         * @throws IllegalArgumentException when there is no initial state, or an entry or exit belongs to no state
         */
        public StateMachine<D> build() {
            if (initial.isEmpty()) {
                throw new IllegalArgumentException("Machine '" + id + "' has no initial state");
            }
            requireStates("onEntry", entries.keySet());
            requireStates("onExit", exits.keySet());
            return new StateMachine<>(this, initial);
        }

        private void requireStates(String what, Set<String> named) {
            if (!states.containsAll(named)) {
                throw new IllegalArgumentException(
                        what + " of machine '" + id + "' names " + named + ", but its states are " + states);
            }
        }

        private String state(String name) {
            states.add(requireName("state", name));
            return name;
        }

        private Transition<D> last(String what) {
            if (transitions.isEmpty()) {
                throw new IllegalArgumentException("'" + what + "' belongs to a transition; declare one before it");
            }
            return transitions.remove(transitions.size() - 1);
        }
    }
}
