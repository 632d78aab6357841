package dev.pawl.engine.handler;

import dev.pawl.engine.model.limit.Bucket;
import dev.pawl.engine.model.limit.Lane;
import dev.pawl.engine.model.limit.Limits;
import dev.pawl.engine.model.limit.Rate;
import dev.pawl.engine.port.LimitStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What room a scope has for further tickets, counted once and then kept up to date. Used under the scope's lock; nothing is
 * written before {@link #save}.
 */
final class Room {

    /** Why there is none. */
    enum Lack {
        /** Until a ticket of the scope is given back or begun. */
        IN_SCOPE,
        /** Until a ticket of the lane is given back. */
        IN_LANE,
        /** Until a token comes. */
        OF_TOKENS
    }

    private final LimitStore store;
    private final String scope;
    private final Instant now;
    private final Map<String, LaneRoom> lanes = new HashMap<>();
    private LimitStore.@Nullable Count count;
    private int more;

    Room(LimitStore store, String scope, Instant now) {
        this.store = store;
        this.scope = scope;
        this.now = now;
    }

    /** A lane with what is known of it. */
    final class LaneRoom {
        private Lane lane;
        private boolean changed;
        private int in = -1;
        private @Nullable Instant nextToken;

        private LaneRoom(Lane lane, boolean isNew) {
            this.lane = lane;
            this.changed = isNew;
        }

        Lane lane() {
            return lane;
        }

        void set(Lane value) {
            changed |= !value.equals(lane);
            lane = value;
        }

        /** After {@link Lack#OF_TOKENS}: when there is one. */
        Instant nextToken() {
            return nextToken == null ? now : nextToken;
        }

        private int in() {
            if (in < 0) {
                in = store.in(scope, lane.name());
            }
            return in;
        }

        private Bucket bucket(Rate rate) {
            Bucket bucket = lane.bucket();
            return bucket == null ? Bucket.full(rate, now) : bucket.filled(rate, now);
        }
    }

    LaneRoom lane(String name) {
        return lanes.computeIfAbsent(name, missing -> store.lane(scope, missing)
                .map(lane -> new LaneRoom(lane, false))
                .orElseGet(() -> new LaneRoom(Lane.begun(scope, missing, now).due(null), true)));
    }

    LaneRoom known(Lane lane) {
        return lanes.computeIfAbsent(lane.name(), missing -> new LaneRoom(lane, false));
    }

    /** Takes the place of one ticket, and its tokens, unless something is lacking. */
    Optional<Lack> take(LaneRoom lane, Limits limits) {
        if (isFull(limits)) {
            return Optional.of(Lack.IN_SCOPE);
        }
        if (limits.perLane() > 0 && lane.in() >= limits.perLane()) {
            return Optional.of(Lack.IN_LANE);
        }
        LaneRoom all = limits.totalRate() == null ? lane : lane(Lane.ALL);
        if (!hasToken(all, limits.totalRate(), lane) || !hasToken(lane, limits.laneRate(), lane)) {
            return Optional.of(Lack.OF_TOKENS);
        }
        takeToken(all, limits.totalRate());
        takeToken(lane, limits.laneRate());
        more++;
        if (limits.perLane() > 0) {
            lane.in = lane.in() + 1;
        }
        return Optional.empty();
    }

    private boolean isFull(Limits limits) {
        if (limits.total() == 0 && limits.ready() == 0) {
            return false;
        }
        LimitStore.Count known = count == null ? store.in(scope) : count;
        count = known;
        return limits.total() > 0 && known.in() + more >= limits.total()
                || limits.ready() > 0 && (known.unbegun() > 0 || more >= limits.ready());
    }

    private static boolean hasToken(LaneRoom of, @Nullable Rate rate, LaneRoom asking) {
        if (rate == null) {
            return true;
        }
        Bucket bucket = of.bucket(rate);
        asking.nextToken = bucket.nextToken(rate);
        return bucket.hasToken();
    }

    private static void takeToken(LaneRoom of, @Nullable Rate rate) {
        if (rate != null) {
            of.set(of.lane.with(of.bucket(rate).taken()));
        }
    }

    /** A ticket was given back before it could be let in; its tokens are spent. */
    void giveBack(LaneRoom lane) {
        more--;
        lane.in = Math.max(-1, lane.in - 1);
    }

    /** Writes the lanes that have changed. */
    void save() {
        lanes.values().stream()
                .filter(lane -> lane.changed)
                .map(LaneRoom::lane)
                .sorted(java.util.Comparator.comparing(Lane::name))
                .forEach(store::save);
    }
}
