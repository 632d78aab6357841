package dev.pawl.samples.document;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of {@link FetchDocument}.
 *
 * @param maxBytes the largest body taken, in bytes, counted after decompression
 * @param connectTimeout how long one connection may take to open
 * @param wholeTimeout how long everything may take, from the first connection to the last byte, redirects included
 * @param maxRedirects how many redirects are followed
 * @param allowPrivateAddresses whether hosts outside the public internet may be asked
 * @param ownBaseUrl where this server itself is found; what lies under its {@code /documents/} is fetched although the
 *     server may have a private address
 */
public record FetchOptions(
        int maxBytes,
        Duration connectTimeout,
        Duration wholeTimeout,
        int maxRedirects,
        boolean allowPrivateAddresses,
        @Nullable URI ownBaseUrl) {

    public FetchOptions {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive, but is " + maxBytes);
        }
        if (connectTimeout.toMillis() <= 0 || wholeTimeout.toMillis() <= 0) {
            throw new IllegalArgumentException(
                    "time limits must be at least 1 ms, but are " + connectTimeout + " and " + wholeTimeout);
        }
        if (maxRedirects < 0) {
            throw new IllegalArgumentException("maxRedirects must not be negative, but is " + maxRedirects);
        }
        if (ownBaseUrl != null && (ownBaseUrl.getScheme() == null || ownBaseUrl.getHost() == null)) {
            throw new IllegalArgumentException("ownBaseUrl must have a scheme and a host, but is " + ownBaseUrl);
        }
    }

    /** 10 MB, 5 s to connect, 30 s in all, 5 redirects, public addresses only. */
    public static FetchOptions defaults() {
        return new FetchOptions(10_000_000, Duration.ofSeconds(5), Duration.ofSeconds(30), 5, false, null);
    }

    public FetchOptions withMaxBytes(int maxBytes) {
        return new FetchOptions(
                maxBytes, connectTimeout, wholeTimeout, maxRedirects, allowPrivateAddresses, ownBaseUrl);
    }

    public FetchOptions withConnectTimeout(Duration connectTimeout) {
        return new FetchOptions(
                maxBytes, connectTimeout, wholeTimeout, maxRedirects, allowPrivateAddresses, ownBaseUrl);
    }

    public FetchOptions withWholeTimeout(Duration wholeTimeout) {
        return new FetchOptions(
                maxBytes, connectTimeout, wholeTimeout, maxRedirects, allowPrivateAddresses, ownBaseUrl);
    }

    public FetchOptions withMaxRedirects(int maxRedirects) {
        return new FetchOptions(
                maxBytes, connectTimeout, wholeTimeout, maxRedirects, allowPrivateAddresses, ownBaseUrl);
    }

    public FetchOptions withAllowPrivateAddresses(boolean allowPrivateAddresses) {
        return new FetchOptions(
                maxBytes, connectTimeout, wholeTimeout, maxRedirects, allowPrivateAddresses, ownBaseUrl);
    }

    public FetchOptions withOwnBaseUrl(@Nullable URI ownBaseUrl) {
        return new FetchOptions(
                maxBytes, connectTimeout, wholeTimeout, maxRedirects, allowPrivateAddresses, ownBaseUrl);
    }
}
