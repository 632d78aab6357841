package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StoredArtifact;
import dev.pawl.engine.port.ArtifactIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link ArtifactIndex} keeps to, inside transactions and outside. */
@Tag("D-08")
public abstract class ArtifactIndexContract extends StoreContract {

    private ArtifactIndex index() {
        return fixture().artifacts();
    }

    private static StoredArtifact artifact(RunId run, String key, String blobKey, String stepId) {
        return new StoredArtifact(
                run, key, blobKey, "image/png", 5_000_000_000L, "0a".repeat(32), stepId, 3, NOW.plusNanos(1_000));
    }

    @Test
    void anArtifactComesBackAsItWasAndASecondPutAnswersTheFirst() {
        RunId run = pending();
        StoredArtifact first = artifact(run, "pages/1.png", "b1", "extract");
        StoredArtifact second = artifact(run, "pages/1.png", "b2", "");

        assertThat(index().put(first)).isEmpty();
        assertThat(index().find(run, "pages/1.png")).contains(first);
        assertThat(index().put(second)).contains(first);
        assertThat(index().find(run, "pages/1.png")).contains(second);
        assertThat(index().find(run, "pages/2.png")).isEmpty();
        assertThat(index().find(pending(), "pages/1.png")).isEmpty();

        assertThat(index().remove(run, "pages/1.png")).contains(second);
        assertThat(index().remove(run, "pages/1.png")).isEmpty();
        assertThat(index().find(run, "pages/1.png")).isEmpty();
    }

    @Test
    void artifactsAreListedByPrefixInOrderAndInParts() {
        RunId run = pending();
        RunId other = pending();
        for (String key : List.of("b", "a/2", "a/1", "a", "a%/1", "a_/1", "\u00fc")) {
            index().put(artifact(run, key, "blob " + key, "s"));
        }
        index().put(artifact(other, "a/9", "other", "s"));

        assertThat(keys(index().list(run, "a/", "", 10))).containsExactly("a/1", "a/2");
        assertThat(keys(index().list(run, "a%", "", 10))).containsExactly("a%/1");
        assertThat(keys(index().list(run, "a_", "", 10))).containsExactly("a_/1");
        assertThat(keys(index().list(run, "none", "", 10))).isEmpty();
        List<String> parts = new ArrayList<>();
        List<StoredArtifact> part = index().list(run, "", "", 3);
        while (!part.isEmpty()) {
            parts.addAll(keys(part));
            part = index().list(run, "", parts.get(parts.size() - 1), 3);
        }
        assertThat(parts)
                .isEqualTo(keys(index().list(run, "", "", 10)))
                .hasSize(7)
                .isSorted();
        assertThat(index().totalSize(run)).isEqualTo(35_000_000_000L);
        assertThat(index().totalSize(nextId())).isZero();
    }

    @Test
    void whatStagesHavePutIsRemovedTogether() {
        RunId run = pending();
        RunId other = pending();
        index().put(artifact(run, "a", "1", "extract"));
        index().put(artifact(run, "b", "2", "detect"));
        index().put(artifact(run, "c", "3", ""));
        index().put(artifact(other, "a", "4", "extract"));

        assertThat(keys(index().removeOf(run, List.of("extract", "later")))).containsExactly("a");

        assertThat(keys(index().list(run, "", "", 10))).containsExactly("b", "c");
        assertThat(index().find(other, "a")).isPresent();
        assertThat(index().removeOf(run, List.of())).isEmpty();
    }

    @Test
    void aRollbackTakesPutsAndRemovalsBack() {
        RunId run = pending();
        StoredArtifact old = artifact(run, "old", "1", "s");
        index().put(old);
        rollback(() -> {
            index().put(artifact(run, "new", "2", "s"));
            index().put(artifact(run, "old", "3", "s"));
            index().removeOf(run, List.of("s"));
        });
        assertThat(index().list(run, "", "", 10)).containsExactly(old);
    }

    @Test
    void aRunThatIsNotThereGetsNone() {
        RunId missing = nextId();
        assertThatThrownBy(() -> index().put(artifact(missing, "a", "1", "s")))
                .isInstanceOf(ArtifactIndex.RunMissingException.class)
                .hasMessageContaining(missing.value());
    }

    @Test
    void ofPutsAtTheSameTimeEachIsToldWhatItReplaced() {
        RunId run = pending();
        Held first = held(() -> index().put(artifact(run, "k", "1", "s")));
        Future<Optional<StoredArtifact>> second = elsewhere(() -> index().put(artifact(run, "k", "2", "s")));
        assertWaits(second);
        first.commit();

        assertThat(get(second).orElseThrow().blobKey()).isEqualTo("1");
        assertThat(index().find(run, "k").orElseThrow().blobKey()).isEqualTo("2");
    }

    private static List<String> keys(List<StoredArtifact> artifacts) {
        return artifacts.stream().map(StoredArtifact::key).toList();
    }
}
