package dev.pawl.engine.live;

import dev.pawl.engine.event.EventType;

/** What messages of a stream are called. */
final class FrameName {

    static final String LOG = "log";
    static final String PROGRESS = "progress";

    private FrameName() {}

    /** Events are called by their types, but for progress, which a stream tells in one word as it does the log. */
    static String of(String type) {
        return type.equals(EventType.STAGE_PROGRESS.wireName()) ? PROGRESS : type;
    }
}
