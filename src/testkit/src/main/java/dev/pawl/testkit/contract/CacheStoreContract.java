package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.limit.CacheKey;
import dev.pawl.engine.port.CacheStore;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link CacheStore} keeps to. */
@Tag("R-02")
public abstract class CacheStoreContract extends StoreContract {

    private static final CacheKey KEY = new CacheKey(TENANT, "price", "h1");

    private CacheStore cached() {
        return fixture().cached();
    }

    @Test
    void aResultIsGoodUntilItsTime() {
        committing(() -> cached().keep(KEY, "{\"price\":1}", NOW.plusSeconds(10)));
        assertThat(commit(() -> cached().find(KEY, NOW.plusSeconds(9)))).contains("{\"price\":1}");
        assertThat(commit(() -> cached().find(KEY, NOW.plusSeconds(10)))).isEmpty();
    }

    @Test
    void aLaterResultTakesThePlaceOfAnEarlierOne() {
        committing(() -> cached().keep(KEY, "1", NOW.plusSeconds(10)));
        committing(() -> cached().keep(KEY, "\"" + "long ".repeat(20_000) + "\"", NOW.plusSeconds(20)));
        assertThat(commit(() -> cached().find(KEY, NOW.plusSeconds(15))))
                .hasValueSatisfying(json -> assertThat(json).hasSize(100_002));
    }

    @Test
    void everyPartOfTheKeyCounts() {
        committing(() -> cached().keep(KEY, "1", NOW.plusSeconds(10)));
        assertThat(commit(() -> cached().find(new CacheKey("other", "price", "h1"), NOW)))
                .isEmpty();
        assertThat(commit(() -> cached().find(new CacheKey(TENANT, "cost", "h1"), NOW)))
                .isEmpty();
        assertThat(commit(() -> cached().find(new CacheKey(TENANT, "price", "h2"), NOW)))
                .isEmpty();
    }

    @Test
    void whatIsGoodNoMoreIsForgotten() {
        committing(() -> cached().keep(KEY, "1", NOW.plusSeconds(10)));
        committing(() -> cached().keep(new CacheKey(TENANT, "price", "h2"), "2", NOW.plusSeconds(30)));
        assertThat(commit(() -> cached().forget(NOW.plusSeconds(10), 10))).isEqualTo(1);
        assertThat(commit(() -> cached().find(KEY, NOW))).isEqualTo(Optional.empty());
        assertThat(commit(() -> cached().find(new CacheKey(TENANT, "price", "h2"), NOW)))
                .contains("2");
    }
}
