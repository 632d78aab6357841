package dev.pawl.samples.document;

import static dev.pawl.samples.document.DocumentRefused.Reason.NOT_A_URL;
import static dev.pawl.samples.document.DocumentRefused.Reason.SCHEME;
import static dev.pawl.samples.document.DocumentRefused.Reason.STATUS;
import static dev.pawl.samples.document.DocumentRefused.Reason.TOO_LARGE;
import static dev.pawl.samples.document.DocumentRefused.Reason.TOO_MANY_REDIRECTS;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a document over HTTP or HTTPS from an address that a stranger chose.
 *
 * <p>Every hop of a redirect is judged like the first address: its scheme, and that its host is on the public internet
 * (see {@link PublicAddresses}) unless the options allow others or the document is one this server ships itself. Where a
 * proxy is set for the Java process it is not used, since the addresses it would reach could not be judged.
 *
 * <p>Not bounded by the time limits: the look-up of a name, which Java cannot interrupt; the system's resolver has a limit
 * of its own.
 */
public final class FetchDocument {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Request timeout, too early, too many requests. */
    private static final Set<Integer> WORTH_A_RETRY = Set.of(408, 425, 429);

    private static final String USER_AGENT = "pawl-document-processor";

    private final FetchOptions options;
    private final DnsResolver names;
    private final Predicate<InetAddress> publicAddresses;
    private final TlsSocketStrategy tls;

    public FetchDocument(FetchOptions options) {
        this(
                options,
                SystemDefaultDnsResolver.INSTANCE,
                PublicAddresses::contains,
                DefaultClientTlsStrategy.createDefault());
    }

    FetchDocument(
            FetchOptions options, DnsResolver names, Predicate<InetAddress> publicAddresses, TlsSocketStrategy tls) {
        this.options = options;
        this.names = names;
        this.publicAddresses = publicAddresses;
        this.tls = tls;
    }

    /**
     * @throws DocumentRefused when it is not worth another try
     * @throws IOException when it may go well later: a time-out, a broken connection, a server that is busy or failing
     */
    public FetchedDocument fetch(String url) throws IOException {
        Deadline deadline = Deadline.in(options.wholeTimeout());
        URI here = parse(url);
        for (int redirects = 0; redirects <= options.maxRedirects(); redirects++) {
            Answer answer = ask(here, deadline);
            if (answer instanceof Answer.Found found) {
                return found.document();
            }
            here = resolve(here, ((Answer.Elsewhere) answer).location());
        }
        throw new DocumentRefused(
                TOO_MANY_REDIRECTS, url + " redirects more than " + options.maxRedirects() + " times");
    }

    private static URI parse(String url) {
        try {
            return check(new URI(url.strip()));
        } catch (URISyntaxException e) {
            throw new DocumentRefused(NOT_A_URL, "Not a URL: " + e.getMessage(), e);
        }
    }

    private static URI resolve(URI here, String location) {
        try {
            return check(here.resolve(new URI(location.strip())));
        } catch (URISyntaxException e) {
            throw new DocumentRefused(NOT_A_URL, here + " redirects to what is not a URL: " + e.getMessage(), e);
        }
    }

    private static URI check(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new DocumentRefused(SCHEME, "A document is fetched by http or https, but its address is " + url);
        }
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getPort() > 65_535 || url.getPort() == 0) {
            throw new DocumentRefused(
                    NOT_A_URL, "The address of a document has a host, and neither user nor password: " + url);
        }
        return url;
    }

    private Answer ask(URI url, Deadline deadline) throws IOException {
        CloseableHttpClient client = clientFor(url, deadline);
        try {
            HttpGet request = new HttpGet(url);
            request.setHeader("Accept", "text/html, application/pdf, text/plain, */*;q=0.1");
            HttpHost host = new HttpHost(url.getScheme().toLowerCase(Locale.ROOT), url.getHost(), url.getPort());
            return judge(url, client.executeOpen(host, request, null));
        } finally {
            // at once: a graceful close reads on to the end of the body, and the body may have none
            client.close(CloseMode.IMMEDIATE);
        }
    }

    /** A client for one request, so that no cookie, credential or connection goes from one document to the next. */
    private CloseableHttpClient clientFor(URI url, Deadline deadline) {
        Predicate<InetAddress> permitted =
                options.allowPrivateAddresses() || isOwnDocument(url) ? any -> true : publicAddresses;
        return HttpClients.custom()
                .setConnectionManager(new BasicHttpClientConnectionManager(
                        new DefaultHttpClientConnectionOperator(
                                proxy -> new GuardedSocket(url, permitted, options.connectTimeout(), deadline),
                                null,
                                names,
                                RegistryBuilder.<TlsSocketStrategy>create()
                                        .register("https", tls)
                                        .build()),
                        null))
                .setDefaultRequestConfig(
                        RequestConfig.custom().setProtocolUpgradeEnabled(false).build())
                .setUserAgent(USER_AGENT)
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .build();
    }

    private boolean isOwnDocument(URI url) {
        URI own = options.ownBaseUrl();
        if (own == null
                || !own.getScheme().equalsIgnoreCase(url.getScheme())
                || !isSameHost(own.getHost(), url.getHost())
                || port(own) != port(url)) {
            return false;
        }
        String base = own.getRawPath() == null ? "" : own.getRawPath().replaceAll("/+$", "");
        String folder = base + "/documents/";
        String path = url.getRawPath();
        // one plain name below the folder: nothing that could climb out of it, encoded or not
        return path != null
                && path.startsWith(folder)
                && path.substring(folder.length()).matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    }

    /** The names of the loopback address are one host. */
    private static boolean isSameHost(String own, String host) {
        return own.equalsIgnoreCase(host)
                || LOOPBACK.contains(own.toLowerCase(Locale.ROOT)) && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private Answer judge(URI url, ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        if (REDIRECTS.contains(status) && response.containsHeader("Location")) {
            return new Answer.Elsewhere(response.getFirstHeader("Location").getValue());
        }
        if (WORTH_A_RETRY.contains(status) || status >= 500) {
            throw new IOException(url + " answered with status " + status + "; it may do better later");
        }
        if (status != 200 && status != 203) {
            throw new DocumentRefused(STATUS, url + " answered with status " + status + " instead of a document");
        }
        Header header = response.getFirstHeader("Content-Type");
        String contentType = header == null ? null : header.getValue();
        // an image is refused before its bytes are waited for
        DocumentFormat.declaredBy(ContentType.of(contentType));
        return new Answer.Found(new FetchedDocument(url, contentType, read(url, response.getEntity())));
    }

    private byte[] read(URI url, @Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > options.maxBytes()) {
            throw tooLarge(url);
        }
        InputStream content = entity.getContent();
        byte[] body = content.readNBytes(options.maxBytes());
        if (body.length == options.maxBytes() && content.read() >= 0) {
            throw tooLarge(url);
        }
        return body;
    }

    private DocumentRefused tooLarge(URI url) {
        return new DocumentRefused(TOO_LARGE, url + " is larger than " + options.maxBytes() + " bytes");
    }

    /** What one hop brought. */
    private sealed interface Answer {
        record Found(FetchedDocument document) implements Answer {}

        record Elsewhere(String location) implements Answer {}
    }
}
