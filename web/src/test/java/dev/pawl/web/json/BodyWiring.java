package dev.pawl.web.json;

/** Does for tests what the container does by injection. */
public final class BodyWiring {

    private BodyWiring() {}

    public static LimitBodies limit(long bytes) {
        LimitBodies filter = new LimitBodies();
        filter.limit = bytes;
        filter.artifactLimit = 4 * bytes;
        return filter;
    }
}
