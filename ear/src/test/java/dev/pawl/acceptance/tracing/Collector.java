package dev.pawl.acceptance.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes spans by OTLP over HTTP, in protobuf. */
final class Collector implements AutoCloseable {

    private final HttpServer http;
    private final List<ExportedSpan> spans = new CopyOnWriteArrayList<>();

    private Collector(HttpServer http) {
        this.http = http;
    }

    static Collector start() throws IOException {
        Collector collector =
                new Collector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        collector.http.createContext("/v1/traces", collector::take);
        collector.http.start();
        return collector;
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        byte[] body =
                (zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()).readAllBytes();
        spans.addAll(ExportedSpan.in(body));
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    List<ExportedSpan> ofTrace(String trace) {
        return spans.stream().filter(span -> span.traceId().equals(trace)).toList();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
