package dev.pawl.samples.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchDocumentOverTlsTest {

    private static final char[] PASSWORD = "only-for-this-test".toCharArray();

    @TempDir
    static Path folder;

    private static SSLContext certifiedAsLocalhost;
    private static DocumentServer server;

    @BeforeAll
    static void start() throws Exception {
        certifiedAsLocalhost = contextOf(createKeyStore());
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(certifiedAsLocalhost));
        server = new DocumentServer(https).text("/a.txt", "over TLS");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void fetchesFromAServerWithATrustedCertificateOfItsName() throws IOException {
        FetchedDocument document = trusting().fetch("https://localhost:" + server.port() + "/a.txt");

        assertThat(document.body()).asString(StandardCharsets.UTF_8).isEqualTo("over TLS");
    }

    @Test
    void aCertificateOfAnotherNameIsNotAccepted() {
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> trusting().fetch("https://127.0.0.1:" + server.port() + "/a.txt"));
    }

    @Test
    void anUntrustedCertificateIsNotAccepted() {
        FetchDocument ordinary = new FetchDocument(FetchOptions.defaults().withAllowPrivateAddresses(true));

        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> ordinary.fetch("https://localhost:" + server.port() + "/a.txt"));
    }

    private static FetchDocument trusting() {
        return new FetchDocument(
                FetchOptions.defaults().withAllowPrivateAddresses(true),
                SystemDefaultDnsResolver.INSTANCE,
                PublicAddresses::contains,
                new DefaultClientTlsStrategy(certifiedAsLocalhost));
    }

    private static Path createKeyStore() throws IOException, InterruptedException {
        Path store = folder.resolve("localhost.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(said).isZero();
        return store;
    }

    private static SSLContext contextOf(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("localhost", keys.getCertificate("localhost"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
