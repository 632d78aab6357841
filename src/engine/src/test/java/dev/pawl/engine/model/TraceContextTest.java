package dev.pawl.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("E-06")
class TraceContextTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void aContextIsOneTextForStores() {
        TraceContext whole = new TraceContext(PARENT, "a=1, b=2");
        TraceContext bare = new TraceContext(PARENT, null);
        assertThat(TraceContext.decode(whole.encoded())).isEqualTo(whole);
        assertThat(TraceContext.decode(bare.encoded())).isEqualTo(bare);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 drop table"
            })
    void whatIsNotUnderstoodIsAsNone(String parent) {
        assertThat(TraceContext.of(parent, null)).isEmpty();
        assertThatThrownBy(() -> new TraceContext(parent, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anUnusableStateIsDroppedAndTheParentStays() {
        assertThat(TraceContext.of(PARENT, "x".repeat(513))).contains(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(PARENT, " ")).contains(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(PARENT, "a=\n")).contains(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(null, "a=1")).isEmpty();
    }
}
