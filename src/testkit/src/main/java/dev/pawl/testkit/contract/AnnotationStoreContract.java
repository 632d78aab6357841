package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.RunAnnotation;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.AnnotationStore;
import dev.pawl.engine.port.AnnotationStore.Filter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AnnotationStore} keeps to. */
@Tag("D-09")
public abstract class AnnotationStoreContract extends StoreContract {

    private AnnotationStore store() {
        return fixture().annotations();
    }

    private static Note note(String stepId, String name, String key) {
        return new Note(stepId, 2, name, key, "string", "\"é of " + key + "\"", true);
    }

    private List<Note> add(RunId run, Note... notes) {
        return commit(() -> store().add(run, List.of(notes), "ann", NOW));
    }

    private List<String> names(RunId run, Filter filter) {
        return store().list(run, filter, 0, 100).stream()
                .map(RunAnnotation::name)
                .toList();
    }

    @Test
    void anAnnotationComesBackAsItWas() {
        RunId run = nextId();
        assertThat(add(run, note("a", "n", "k"))).containsExactly(note("a", "n", "k"));
        assertThat(store().list(run, Filter.ALL, 0, 10)).singleElement().satisfies(kept -> {
            assertThat(kept)
                    .isEqualTo(new RunAnnotation(run, kept.id(), "a", 2, "n", "string", "\"é of k\"", "ann", NOW));
        });
        assertThat(store().list(nextId(), Filter.ALL, 0, 10)).isEmpty();
        assertThat(commit(() -> store().add(run, List.of(), "ann", NOW))).isEmpty();
    }

    @Test
    void theSameIsKeptOnceAlsoInOneBatch() {
        RunId run = nextId();
        assertThat(add(run, note("a", "n", "k"), note("a", "n", "k"), note("b", "n", "k")))
                .hasSize(2);
        assertThat(add(run, note("a", "n", "k"), note("a", "m", "k"), note("", "n", "k")))
                .containsExactly(note("a", "m", "k"), note("", "n", "k"));
        assertThat(add(nextId(), note("a", "n", "k"))).hasSize(1);
        assertThat(store().list(run, Filter.ALL, 0, 10)).hasSize(4);
    }

    @Test
    void annotationsAreFilteredAndReadInPartsInTheOrderWritten() {
        RunId run = nextId();
        add(run, note("a", "score/x", "1"), note("b", "score/y", "2"), note("", "note", "3"));
        add(run, new Note("a", 1, "score_z", "4", "number", "4", false));

        assertThat(names(run, Filter.ALL)).containsExactly("score/x", "score/y", "note", "score_z");
        assertThat(names(run, new Filter("a", null, null, null))).containsExactly("score/x", "score_z");
        assertThat(names(run, new Filter("", null, null, null))).containsExactly("note");
        assertThat(names(run, new Filter(null, "score/y", null, null))).containsExactly("score/y");
        assertThat(names(run, new Filter(null, null, "score/", null))).containsExactly("score/x", "score/y");
        assertThat(names(run, new Filter(null, null, "score_", null))).containsExactly("score_z");
        assertThat(names(run, new Filter("a", null, "score", "number"))).containsExactly("score_z");
        List<RunAnnotation> first = store().list(run, Filter.ALL, 0, 3);
        assertThat(first).hasSize(3);
        assertThat(store().list(run, Filter.ALL, first.get(2).id(), 3))
                .extracting(RunAnnotation::name)
                .containsExactly("score_z");
    }

    @Test
    void aRollbackTakesThemBack() {
        RunId run = nextId();
        rollback(() -> store().add(run, List.of(note("a", "n", "k")), "ann", NOW));
        assertThat(store().list(run, Filter.ALL, 0, 10)).isEmpty();
        assertThat(add(run, note("a", "n", "k"))).hasSize(1);
    }
}
