package dev.pawl.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFolderTest {

    @TempDir
    Path classPath;

    @Test
    void onlyWhatTheIndexNamesIsServed() throws Exception {
        Files.createDirectory(classPath.resolve("documents"));
        Files.writeString(classPath.resolve("documents/index.json"), "[{\"file\":\"a.txt\",\"title\":\"A\"}]");
        Files.writeString(classPath.resolve("documents/a.txt"), "words");
        Files.writeString(classPath.resolve("documents/b.txt"), "not named");
        Files.writeString(classPath.resolve("secret.txt"), "not here");
        try (URLClassLoader loader = loader(classPath.toUri().toURL())) {
            DocumentFolder folder = new DocumentFolder(loader);

            assertThat(folder.index("/documents/").at("/items/0/url").asText()).isEqualTo("/documents/a.txt");
            assertThat(folder.find("a.txt")).get().satisfies(document -> {
                assertThat(document.content()).asString().isEqualTo("words");
                assertThat(document.mediaType()).isEqualTo("text/plain;charset=UTF-8");
            });
            assertThat(folder.find("b.txt")).isEmpty();
            assertThat(folder.find("../secret.txt")).isEmpty();
            assertThat(folder.find("index.json")).isEmpty();
        }
    }

    @Test
    void withoutSamplesTheIndexIsEmpty() throws Exception {
        try (URLClassLoader loader = loader(classPath.toUri().toURL())) {
            assertThat(new DocumentFolder(loader).index("/documents/").path("items"))
                    .isEmpty();
        }
    }

    private static URLClassLoader loader(URL url) {
        return new URLClassLoader(new URL[] {url}, null);
    }
}
