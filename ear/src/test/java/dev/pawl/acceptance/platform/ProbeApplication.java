package dev.pawl.acceptance.platform;

import dev.pawl.acceptance.crash.CrashMark;
import dev.pawl.acceptance.probe.Transfer;
import dev.pawl.acceptance.server.Archive;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.ServerPlan;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The test's end of the probe: puts it into a server in place of the product and asks it things. */
final class ProbeApplication {

    /** The queue its messages go to. */
    static final String QUEUE = Transfer.QUEUE;

    private ProbeApplication() {}

    /** Deploys the probe alone; its listener hears the queue {@code pawl.jms.events.in}. */
    static ServerPlan addTo(ServerPlan plan, Path folder) {
        Path marks = Archive.empty().addPackageOf(CrashMark.class, "").writeTo(folder.resolve("marks.jar"));
        Path war = Archive.empty()
                .addPackageOf(Transfer.class, "WEB-INF/classes/")
                .addFile("WEB-INF/lib/marks.jar", marks)
                .writeTo(folder.resolve("probe.war"));
        return plan.beside("probe", war).withoutProduct().readyPath("/probe/").override("probe-listener.xml", """
                        <server>
                          <jmsActivationSpec id="probe/Refuser">
                            <properties.artemis address="${pawl.jms.events.in}"/>
                          </jmsActivationSpec>
                        </server>
                        """);
    }

    /** Inserts a row and sends a message of this name in one transaction; answers the HTTP status. */
    static int transfer(LibertyServer server, String name) {
        return server.http().post("/probe/?name=" + name, "").status();
    }

    /** The first column of every row of a query, run in the server. */
    static List<String> query(LibertyServer server, String sql) {
        String text = server.http()
                .get("/probe/?sql=" + URLEncoder.encode(sql, StandardCharsets.UTF_8))
                .text();
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }
}
