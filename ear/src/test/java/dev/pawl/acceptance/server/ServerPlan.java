package dev.pawl.acceptance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes a test's server differ from the built one: variables, options of its JVM, jars and archives
 * beside what ships. By default it keeps the embedded database and broker and takes free ports.
 */
public final class ServerPlan {

    private static final String DESCRIPTOR = "META-INF/application.xml";

    private final Path home;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>(
            // short-lived processes on few cores: compile quickly rather than well
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx768m"));
    private final List<Path> applicationLibraries = new ArrayList<>();
    private final Map<String, Path> applicationModules = new LinkedHashMap<>();
    private final List<Path> adapterLibraries = new ArrayList<>();
    private final List<Path> driverLibraries = new ArrayList<>();
    private final Map<String, String> overrides = new LinkedHashMap<>();
    private final Map<String, Path> moreApplications = new LinkedHashMap<>();
    private @Nullable Path application;
    private boolean withoutProduct;
    private int brokerPort = FreePort.next();
    private String readyPath = "/health/ready";

    ServerPlan(Path home) {
        this.home = home.toAbsolutePath();
    }

    /** Sets a variable such as {@code pawl.tx.timeout}, by the environment as an operator would. */
    public ServerPlan variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Keeps the data in PostgreSQL. */
    public ServerPlan on(PostgresServer.Database database) {
        return variable("pawl.db", "postgres")
                .variable("pawl.db.host", "127.0.0.1")
                .variable("pawl.db.port", Integer.toString(database.port()))
                .variable("pawl.db.name", database.name())
                .variable("pawl.db.user", database.user());
    }

    /** Uses a broker in its own process. */
    public ServerPlan on(ExternalBroker broker) {
        brokerPort = broker.port();
        return variable("pawl.broker", "external");
    }

    /** Adds options of the server's JVM, after the ones that make tests quick. */
    public ServerPlan jvmOptions(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /** Takes these options of the server's JVM in place of those that make tests quick. */
    public ServerPlan onlyJvmOptions(String... options) {
        jvmOptions.clear();
        return jvmOptions(options);
    }

    /** Deploys this application in place of the built one. */
    public ServerPlan application(Path ear) {
        application = ear;
        return this;
    }

    /** Adds a jar to the application's {@code lib}. */
    public ServerPlan applicationLibrary(Path jar) {
        applicationLibraries.add(jar);
        return this;
    }

    /** Adds a web archive to the application, at {@code /name}: its beans see those of the product. */
    public ServerPlan applicationModule(String name, Path war) {
        applicationModules.put(name, war);
        return this;
    }

    /** Adds a jar to the resource adapter. */
    public ServerPlan adapterLibrary(Path jar) {
        adapterLibraries.add(jar);
        return this;
    }

    /** Adds a jar beside the JDBC drivers. */
    public ServerPlan driverLibrary(Path jar) {
        driverLibraries.add(jar);
        return this;
    }

    /** Adds server configuration that wins over the built one. */
    public ServerPlan override(String fileName, String xml) {
        overrides.put(fileName, xml);
        return this;
    }

    /** Deploys one more web archive, at {@code /name}. */
    public ServerPlan beside(String name, Path war) {
        moreApplications.put(name, war);
        return this;
    }

    /** Leaves the product's application out, for tests of the server alone. */
    public ServerPlan withoutProduct() {
        withoutProduct = true;
        return this;
    }

    /** Asks this path for readiness in place of {@code /health/ready}. */
    public ServerPlan readyPath(String path) {
        readyPath = path;
        return this;
    }

    /** Copies the built server; nothing runs yet. */
    public LibertyServer build() {
        Folders.delete(home);
        try {
            Path configuration = home.resolve("usr/servers/pawl");
            Folders.copy(BuiltServer.configuration(), configuration, Set.of("logs", "workarea", "dropins"));
            Files.deleteIfExists(configuration.resolve("bootstrap.properties"));
            Files.writeString(configuration.resolve("jvm.options"), String.join("\n", jvmOptions) + "\n");
            addLibraries(configuration);
            addConfiguration(configuration);
            int httpPort = FreePort.next();
            return new LibertyServer(home, environment(httpPort), httpPort, brokerPort, readyPath);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addLibraries(Path configuration) throws IOException {
        augmentApplication(configuration.resolve("apps/pawl-ear.ear"));
        augment(
                BuiltServer.resourceAdapter(),
                "",
                adapterLibraries,
                configuration.resolve("ext/pawl-liberty-config.rar"));
        for (Path jar : driverLibraries) {
            Files.copy(jar, configuration.resolve("ext").resolve(jar.getFileName()));
        }
    }

    private void augmentApplication(Path copy) {
        if (application == null && applicationLibraries.isEmpty() && applicationModules.isEmpty()) {
            return;
        }
        Path original = application == null ? BuiltServer.application() : application;
        Archive more = Archive.empty();
        applicationLibraries.forEach(jar -> more.addFile("lib/" + jar.getFileName(), jar));
        StringBuilder modules = new StringBuilder();
        applicationModules.forEach((name, war) -> {
            more.addFile(name + ".war", war);
            modules.append("<module><web><web-uri>%s.war</web-uri><context-root>/%s</context-root></web></module>"
                    .formatted(name, name));
        });
        String descriptor = Archive.textIn(original, DESCRIPTOR);
        int lastModule = descriptor.lastIndexOf("</module>") + "</module>".length();
        more.addText(DESCRIPTOR, descriptor.substring(0, lastModule) + modules + descriptor.substring(lastModule));
        more.addTo(original, copy);
    }

    private static void augment(Path original, String prefix, List<Path> jars, Path copy) {
        if (!jars.isEmpty()) {
            Archive more = Archive.empty();
            jars.forEach(jar -> more.addFile(prefix + jar.getFileName(), jar));
            more.addTo(original, copy);
        }
    }

    private void addConfiguration(Path configuration) throws IOException {
        Path folder = Files.createDirectories(configuration.resolve("configDropins/overrides"));
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            Files.writeString(folder.resolve(override.getKey()), override.getValue());
        }
        for (Map.Entry<String, Path> application : moreApplications.entrySet()) {
            String name = application.getKey();
            Files.copy(application.getValue(), configuration.resolve("apps").resolve(name + ".war"));
            Files.writeString(folder.resolve("application-" + name + ".xml"), """
                    <server>
                      <webApplication id="%s" name="%s" location="%s.war" contextRoot="/%s"/>
                    </server>
                    """.formatted(name, name, name, name));
        }
        if (withoutProduct) {
            Files.writeString(configuration.resolve("application.xml"), "<server/>");
        }
    }

    private Map<String, String> environment(int httpPort) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("WLP_USER_DIR", home.resolve("usr").toString());
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.put("PAWL_DATA_DIR", home.resolve("data").toString());
        all.put("PAWL_HTTP_PORT", Integer.toString(httpPort));
        all.put("PAWL_HTTPS_PORT", "-1");
        all.put("PAWL_BROKER_PORT", Integer.toString(brokerPort));
        variables.forEach((name, value) -> all.put(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value));
        return all;
    }
}
