package dev.pawl.bench.peer;

import java.util.Arrays;
import java.util.Locale;

/** The engines there are adapters for. */
public enum PeerEngine {
    DBOS("dev.pawl.peer.dbos.DbosPeer"),
    DB_SCHEDULER("dev.pawl.peer.dbscheduler.DbSchedulerPeer"),
    CAMUNDA("dev.pawl.peer.camunda.CamundaPeer"),
    FLOWABLE("dev.pawl.peer.flowable.FlowablePeer");

    private final String adapter;

    PeerEngine(String adapter) {
        this.adapter = adapter;
    }

    /** As options and figures name it, and the folder of its module. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Name of the class that speaks to it. */
    String adapter() {
        return adapter;
    }

    /** Name of its database and of its user there. */
    String database() {
        return "peer_" + name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming those there are */
    public static PeerEngine of(String id) {
        return Arrays.stream(values())
                .filter(engine -> engine.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no peer '" + id + "'; there are "
                        + Arrays.stream(values()).map(PeerEngine::id).toList()));
    }
}
