package dev.pawl.bench.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.bench.pipeline.StockCommands;
import dev.pawl.manifest.compile.Compilation;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.syntax.Grammar;
import org.junit.jupiter.api.Test;

class StockProgramTest {

    @Test
    void theServersProgramCompiles() {
        Compilation compilation = ManifestCompiler.compile(StockCommands.SOURCE, Grammar.EXTENDED);

        assertThat(compilation.errors()).isEmpty();
        assertThat(compilation.ir().orElseThrow().entities())
                .extracting(entity -> entity.name())
                .containsExactly(StockCommands.ENTITY);
    }
}
