package dev.pawl.samples.document;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A socket that connects to permitted addresses only and gives up at a deadline.
 *
 * <p>The address is judged here, at the last moment, because this is the very address that is connected to: a name server
 * that answers a check with one address and the connection with another gains nothing. Each read waits no longer than the
 * deadline, so a server that sends a byte now and then, be it in the TLS handshake, the headers or the body, cannot hold
 * its reader.
 */
final class GuardedSocket extends Socket {

    private final URI url;
    private final Predicate<InetAddress> permitted;
    private final Duration connectTimeout;
    private final Deadline deadline;

    GuardedSocket(URI url, Predicate<InetAddress> permitted, Duration connectTimeout, Deadline deadline) {
        // a SOCKS proxy would connect to an address of its own choice
        super(Proxy.NO_PROXY);
        this.url = url;
        this.permitted = permitted;
        this.connectTimeout = connectTimeout;
        this.deadline = deadline;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int ignoredTimeout) throws IOException {
        if (!(endpoint instanceof InetSocketAddress internet)
                || internet.isUnresolved()
                || !permitted.test(internet.getAddress())) {
            close();
            throw new DocumentRefused(
                    DocumentRefused.Reason.PRIVATE_ADDRESS,
                    "The host of " + url + " is not on the public internet; "
                            + "documents there are fetched only when the settings allow private addresses");
        }
        super.connect(endpoint, (int) Math.min(connectTimeout.toMillis(), deadline.remainingMillis()));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                setSoTimeout(deadline.remainingMillis());
                return super.read(buffer, offset, length);
            }
        };
    }
}
