package dev.pawl.acceptance.starter;

import dev.pawl.acceptance.server.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationOutputHandler;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;
import org.apache.maven.shared.invoker.MavenInvocationException;

/**
 * A copy of {@code src/samples/starter}, built outside the product's build. Maven finds the product's artifacts in a local
 * repository of its own, where the build put them, and everything else where the product's build has fetched it from.
 */
final class StarterProject {

    private static final Path SOURCES = Path.of("../src/samples/starter");
    private static final Path FOLDER = Path.of("target/starter").toAbsolutePath();

    private static final String SETTINGS = """
            <settings>
              <profiles>
                <profile>
                  <id>fetched</id>
                  <repositories>
                    <repository>%1$s</repository>
                  </repositories>
                  <pluginRepositories>
                    <pluginRepository>%1$s</pluginRepository>
                  </pluginRepositories>
                </profile>
              </profiles>
              <activeProfiles>
                <activeProfile>fetched</activeProfile>
              </activeProfiles>
            </settings>
            """;

    private static final String FETCHED = """
            <id>fetched</id>
            <url>%s</url>
            <releases><checksumPolicy>ignore</checksumPolicy></releases>
            <snapshots><enabled>false</enabled></snapshots>
            """;

    private StarterProject() {}

    /** Builds the application; answers the archive. */
    static Path build() throws IOException {
        Path project = FOLDER.resolve("project");
        Folders.delete(project);
        Folders.copy(SOURCES, project, Set.of());
        Path log = FOLDER.resolve("build.log");
        InvocationRequest request = new DefaultInvocationRequest();
        request.setBaseDirectory(project.toFile());
        request.addArgs(List.of("package"));
        request.setBatchMode(true);
        request.setNoTransferProgress(true);
        request.setLocalRepositoryDirectory(FOLDER.resolve("repository").toFile());
        request.setGlobalSettingsFile(settings().toFile());
        request.setMavenHome(Path.of(System.getProperty("pawl.test.maven.home")).toFile());
        request.setJavaHome(Path.of(System.getProperty("java.home")).toFile());
        StringBuffer output = new StringBuffer(); // two streams, two threads
        InvocationOutputHandler note = line -> output.append(line).append('\n');
        request.setOutputHandler(note);
        request.setErrorHandler(note);
        try {
            InvocationResult result = new DefaultInvoker().execute(request);
            Files.writeString(log, output);
            if (result.getExitCode() != 0) {
                throw new AssertionError("the starter project does not build, see " + log + ":\n" + output);
            }
            return project.resolve("ear/target/pawl-ear.ear");
        } catch (MavenInvocationException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static Path settings() throws IOException {
        Path fetched = Path.of(System.getProperty("pawl.test.maven.repository"));
        return Files.writeString(
                FOLDER.resolve("settings.xml"), SETTINGS.formatted(FETCHED.formatted(fetched.toUri())));
    }
}
