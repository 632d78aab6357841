package dev.pawl.samples.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pawl.samples.document.DocumentRefused.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchDocumentTest {

    private static final FetchOptions DEFAULTS = FetchOptions.defaults();
    private static final FetchOptions PRIVATE_ALLOWED = DEFAULTS.withAllowPrivateAddresses(true);

    private DocumentServer server;

    @BeforeEach
    void start() throws IOException {
        server = new DocumentServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void bringsBodyAndContentType() throws IOException {
        server.text("/a.txt", "Grüße");

        FetchedDocument document = new FetchDocument(PRIVATE_ALLOWED).fetch(server.url("/a.txt"));

        assertThat(document.body()).isEqualTo("Grüße".getBytes(StandardCharsets.UTF_8));
        assertThat(document.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(document.url()).isEqualTo(URI.create(server.url("/a.txt")));
    }

    @Test
    void bringsACompressedBodyDecompressed() throws IOException {
        byte[] compressed = gzip("compressed".getBytes(StandardCharsets.UTF_8));
        server.on("/a.txt", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, compressed.length);
            exchange.getResponseBody().write(compressed);
        });

        assertThat(new FetchDocument(PRIVATE_ALLOWED)
                        .fetch(server.url("/a.txt"))
                        .body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("compressed");
    }

    @Test
    void followsRedirectsAndNamesWhereItEnded() throws IOException {
        server.redirect("/old", "/newer?x=1")
                .redirect("/newer", server.url("/newest"))
                .text("/newest", "here");

        FetchedDocument document = new FetchDocument(PRIVATE_ALLOWED).fetch(server.url("/old"));

        assertThat(document.url().getPath()).isEqualTo("/newest");
        assertThat(server.asked()).containsExactly("/old", "/newer", "/newest");
    }

    @Test
    void stopsAfterTheMostRedirectsAllowed() {
        server.redirect("/round", "/round");

        assertRefused(PRIVATE_ALLOWED.withMaxRedirects(3), server.url("/round"), Reason.TOO_MANY_REDIRECTS);
        assertThat(server.asked()).hasSize(4);
    }

    @Test
    void aRedirectToAnotherSchemeIsRefused() {
        server.redirect("/a", "file:///etc/passwd");

        assertRefused(PRIVATE_ALLOWED, server.url("/a"), Reason.SCHEME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "ftp://example.org/a", "jar:http://example.org/a!/b", "documents/a", ""})
    void onlyHttpAndHttpsAreFetched(String url) {
        assertRefused(PRIVATE_ALLOWED, url, Reason.SCHEME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http:///a",
                "http://user:secret@example.org/",
                "http://a b/",
                "http://example.org:99999/"
            })
    void whatIsNoDocumentsAddressIsRefused(String url) {
        assertRefused(PRIVATE_ALLOWED, url, Reason.NOT_A_URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "localhost",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "169.254.169.254",
                "10.0.0.1",
                "[fd00:ec2::254]",
                "[64:ff9b::7f00:1]"
            })
    void hostsOutsideThePublicInternetAreNotAsked(String host) {
        server.text("/", "secret");

        DocumentRefused refused = catchThrowableOfType(DocumentRefused.class, () -> new FetchDocument(DEFAULTS)
                .fetch("http://" + host + ":" + server.port() + "/"));

        // what the syntax of URLs does not take for a host never gets as far as an address
        assertThat(refused.reason()).isIn(Reason.PRIVATE_ADDRESS, Reason.NOT_A_URL);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void anAddressInHexadecimalLeadsNowhereWhetherTheResolverKnowsItOrNot() {
        server.text("/", "secret");

        assertThatThrownBy(() -> new FetchDocument(DEFAULTS).fetch("http://0x7f000001:" + server.port() + "/"))
                .isInstanceOfAny(DocumentRefused.class, UnknownHostException.class);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aNameThatResolvesToAPrivateAddressIsRefused() {
        server.text("/", "secret");
        FetchDocument fetch = new FetchDocument(
                DEFAULTS,
                names(host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}),
                PublicAddresses::contains,
                DefaultClientTlsStrategy.createDefault());

        assertThatExceptionOfType(DocumentRefused.class)
                .isThrownBy(() -> fetch.fetch("http://looks-public.example:" + server.port() + "/"))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.PRIVATE_ADDRESS))
                .withMessageContaining("looks-public.example")
                .withMessageNotContaining("127.0.0.1");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void theAddressThatWasJudgedIsTheOneConnectedTo() throws IOException {
        server.text("/", "the judged one");
        InetAddress judgedPublic = InetAddress.getByName("127.0.0.1");
        InetAddress forbidden = InetAddress.getByName("::1");
        AtomicInteger lookUps = new AtomicInteger();
        FetchDocument fetch = new FetchDocument(
                DEFAULTS,
                names(host -> new InetAddress[] {lookUps.incrementAndGet() == 1 ? judgedPublic : forbidden}),
                judgedPublic::equals,
                DefaultClientTlsStrategy.createDefault());

        FetchedDocument document = fetch.fetch("http://rebinding.example:" + server.port() + "/");

        assertThat(document.body()).asString(StandardCharsets.UTF_8).isEqualTo("the judged one");
        assertThat(lookUps).hasValue(1);
    }

    @Test
    void eachHopIsJudgedAnew() throws IOException {
        server.redirect("/", "http://inside.example:" + server.port() + "/secret")
                .text("/secret", "secret");
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        InetAddress inside = InetAddress.getByName("10.1.2.3");
        FetchDocument fetch = new FetchDocument(
                DEFAULTS,
                names(host -> new InetAddress[] {host.equals("inside.example") ? inside : loopback}),
                loopback::equals,
                DefaultClientTlsStrategy.createDefault());

        assertThatExceptionOfType(DocumentRefused.class)
                .isThrownBy(() -> fetch.fetch("http://outside.example:" + server.port() + "/"))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.PRIVATE_ADDRESS));
        assertThat(server.asked()).containsExactly("/");
    }

    @Test
    void documentsOfThisServerAreFetchedFromAPrivateAddress() throws IOException {
        server.text("/pawl/documents/a.txt", "shipped");
        FetchOptions own = DEFAULTS.withOwnBaseUrl(URI.create(server.url("/pawl/")));

        FetchedDocument document = new FetchDocument(own).fetch(server.url("/pawl/documents/a.txt"));

        assertThat(document.body()).asString(StandardCharsets.UTF_8).isEqualTo("shipped");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secret",
                "/documents",
                "/documents/",
                "/documents/../secret",
                "/documents/%2e%2e/secret",
                "/documents/..%2fsecret",
                "/documents/a/b",
                "/documents//secret",
                "/Documents/a.txt"
            })
    void nothingElseOfThisServerIsFetched(String path) {
        server.text("/", "secret");

        assertRefused(DEFAULTS.withOwnBaseUrl(URI.create(server.url(""))), server.url(path), Reason.PRIVATE_ADDRESS);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void anotherPortOfThisServersHostIsNotThisServer() throws IOException {
        try (DocumentServer other = new DocumentServer()) {
            other.text("/documents/a.txt", "secret");

            assertRefused(
                    DEFAULTS.withOwnBaseUrl(URI.create(server.url(""))),
                    other.url("/documents/a.txt"),
                    Reason.PRIVATE_ADDRESS);
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void aDocumentOfThisServerCannotRedirectToItsOtherPaths() {
        server.redirect("/documents/a.txt", "/secret").text("/secret", "secret");

        assertRefused(
                DEFAULTS.withOwnBaseUrl(URI.create(server.url(""))),
                server.url("/documents/a.txt"),
                Reason.PRIVATE_ADDRESS);
        assertThat(server.asked()).containsExactly("/documents/a.txt");
    }

    @Test
    void aBodyAsLargeAsTheLimitIsTaken() throws IOException {
        server.text("/a.txt", "0123456789");

        assertThat(new FetchDocument(PRIVATE_ALLOWED.withMaxBytes(10))
                        .fetch(server.url("/a.txt"))
                        .body())
                .hasSize(10);
    }

    @Test
    void aBodyOneByteOverTheLimitIsRefused() {
        server.on("/a.txt", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[11]);
        });

        assertRefused(PRIVATE_ALLOWED.withMaxBytes(10), server.url("/a.txt"), Reason.TOO_LARGE);
    }

    @Test
    void aBodyAnnouncedAsTooLargeIsNotWaitedFor() {
        server.on("/a.txt", exchange -> exchange.sendResponseHeaders(200, 10_000_000_000L));

        assertRefused(PRIVATE_ALLOWED, server.url("/a.txt"), Reason.TOO_LARGE);
    }

    @Test
    void anEndlessBodyIsCutOffAtTheLimit() throws Exception {
        CompletableFuture<Long> sent = new CompletableFuture<>();
        server.on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            sent.complete(writeUntilCutOff(exchange.getResponseBody()));
        });

        assertRefused(PRIVATE_ALLOWED.withMaxBytes(1_000_000), server.url("/endless"), Reason.TOO_LARGE);
        assertThat(sent.get(10, TimeUnit.SECONDS)).isLessThan(50_000_000);
    }

    @Test
    void aCompressedBodyIsMeasuredAsItUnfolds() throws IOException {
        byte[] bomb = gzip(new byte[20_000_000]);
        server.on("/bomb", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, bomb.length);
            exchange.getResponseBody().write(bomb);
        });

        assertThat(bomb.length).isLessThan(100_000);
        assertRefused(PRIVATE_ALLOWED, server.url("/bomb"), Reason.TOO_LARGE);
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStalledBodyEndsInATimeout() {
        server.stalled("/stalled");

        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> new FetchDocument(PRIVATE_ALLOWED.withWholeTimeout(Duration.ofMillis(300)))
                        .fetch(server.url("/stalled")));
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aServerThatDripsHeadersCannotHoldItsReader() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ServerSocket dripping = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> drip = CompletableFuture.runAsync(() -> drip(dripping, over));

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> new FetchDocument(PRIVATE_ALLOWED.withWholeTimeout(Duration.ofMillis(500)))
                            .fetch("http://127.0.0.1:" + dripping.getLocalPort() + "/"));
            over.countDown();
            drip.get(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void aBusyOrFailingServerIsWorthARetry(int status) {
        server.answer("/a", status, Map.of(), "not now");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new FetchDocument(PRIVATE_ALLOWED).fetch(server.url("/a")))
                .withMessageContaining(Integer.toString(status));
        assertThat(server.asked()).as("retries are the workflow's business").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 400, 401, 403, 404, 410, 451})
    void aServerWithoutTheDocumentIsNotWorthARetry(int status) {
        server.answer("/a", status, Map.of(), "");

        assertRefused(PRIVATE_ALLOWED, server.url("/a"), Reason.STATUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/zip", "video/mp4; codecs=x"})
    void anotherMediaTypeIsRefused(String type) {
        server.answer("/a", 200, Map.of("Content-Type", type), "data");

        assertRefused(PRIVATE_ALLOWED, server.url("/a"), Reason.MEDIA_TYPE);
    }

    @Test
    void aClosedPortAndAnUnknownHostMayPassLater() {
        int closedPort = server.port();
        server.close();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new FetchDocument(PRIVATE_ALLOWED).fetch("http://127.0.0.1:" + closedPort + "/"));
        FetchDocument nobody = new FetchDocument(
                DEFAULTS,
                names(host -> {
                    throw new UnknownHostException(host);
                }),
                PublicAddresses::contains,
                DefaultClientTlsStrategy.createDefault());
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> nobody.fetch("http://nobody.example/"));
    }

    private static void assertRefused(FetchOptions options, String url, Reason reason) {
        assertThatExceptionOfType(DocumentRefused.class)
                .isThrownBy(() -> new FetchDocument(options).fetch(url))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static long writeUntilCutOff(OutputStream body) {
        long sent = 0;
        byte[] chunk = new byte[65_536];
        try {
            while (sent < 1_000_000_000) {
                body.write(chunk);
                sent += chunk.length;
            }
        } catch (IOException cutOff) {
            return sent;
        }
        return sent;
    }

    private static void drip(ServerSocket server, CountDownLatch over) {
        try (Socket client = server.accept()) {
            client.setTcpNoDelay(true);
            OutputStream out = client.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        } catch (IOException readerLeft) {
            assertThat(readerLeft).isNotInstanceOf(SocketTimeoutException.class);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private interface LookUp {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private static DnsResolver names(LookUp lookUp) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return lookUp.of(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}
