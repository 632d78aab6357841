package dev.pawl.acceptance.feature.local;

import dev.pawl.acceptance.feature.Probes;
import dev.pawl.acceptance.server.HttpApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The test's end of the business application in a server. */
public record BusinessApi(HttpApi http) {

    private static final String PATH = "/" + Probes.MODULE + "/orders";

    /** Calls a method of the EJB. */
    public HttpApi.Reply call(String method, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(parameter -> "&" + parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining());
        return http.post(PATH + "?do=" + method + query, "");
    }

    /** The first column of every row. */
    public List<String> query(String sql) {
        HttpApi.Reply reply = http.get(PATH + "?sql=" + encoded(sql));
        if (reply.status() != 200) {
            throw new AssertionError(sql + " answered " + reply.status() + ": " + reply.text());
        }
        List<String> found = new ArrayList<>();
        reply.json().forEach(value -> found.add(value.asText()));
        return found;
    }

    /** How many rows a query counts. */
    public int count(String from) {
        return Integer.parseInt(query("SELECT COUNT(*) FROM " + from).get(0));
    }

    /** Changes rows. */
    public void update(String sql) {
        HttpApi.Reply reply = http.put(PATH + "?sql=" + encoded(sql), "");
        if (reply.status() != 200) {
            throw new AssertionError(sql + " answered " + reply.status() + ": " + reply.text());
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
