package dev.pawl.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.live.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTextTest {

    private static String text(Frame... frames) {
        return new String(FrameText.of(List.of(frames)), StandardCharsets.UTF_8);
    }

    @Test
    void aMessageHasItsIdItsNameAndItsDataOnOneLine() {
        assertThat(text(new Frame("3", "stage:started", "{\"of\":\"é\"}"), new Frame(null, "log", "{}")))
                .isEqualTo("id: 3\nevent: stage:started\ndata: {\"of\":\"é\"}\n\nevent: log\ndata: {}\n\n");
    }

    @Test
    void aMessageWithoutDataIsAComment() {
        assertThat(text(new Frame(null, null, null))).isEqualTo(":\n\n");
        assertThat(text(new Frame("r12", null, null))).isEqualTo(":\nid: r12\n\n");
    }
}
