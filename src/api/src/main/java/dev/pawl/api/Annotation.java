package dev.pawl.api;

import org.jspecify.annotations.Nullable;

/**
 * A fact to be noted on a stage or on its run: a name, and any value that Jackson writes. The same name and value on the
 * same stage, or on the run, are kept once.
 *
 * @param isOfRun whether it concerns the run as a whole and not the stage that notes it
 * @param isAnnounced whether the history shall have an event {@code annotation:created}
 * @param onceKey of those with the same name and this key the first is kept, whatever the values; absent: the value decides
 */
public record Annotation(
        String name,
        @Nullable Object value,
        boolean isOfRun,
        boolean isAnnounced,
        @Nullable String onceKey) {

    public static Annotation of(String name, @Nullable Object value) {
        return new Annotation(name, value, false, false, null);
    }

    public Annotation ofRun() {
        return new Annotation(name, value, true, isAnnounced, onceKey);
    }

    public Annotation announced() {
        return new Annotation(name, value, isOfRun, true, onceKey);
    }

    public Annotation once(String key) {
        return new Annotation(name, value, isOfRun, isAnnounced, key);
    }
}
