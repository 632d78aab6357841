package dev.pawl.manifest.host;

import dev.pawl.manifest.ir.Webhook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether the sender of a webhook has proved itself: by the HMAC of the exact bytes it sent, in hex, alone or behind the name of
 * its digest ({@code sha256=…}); or, in the scheme of Stripe, by {@code t=seconds,v1=hex} over the time and the bytes.
 */
public final class WebhookSignature {
    private static final Duration USUAL_TOLERANCE = Duration.ofMinutes(5);

    private final Webhook.Signature declared;
    private final byte[] secret;

    public WebhookSignature(Webhook.Signature declared, String secret) {
        this.declared = declared;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    public boolean isValid(String header, byte[] body, Instant now) {
        return declared.scheme() == Webhook.Scheme.STRIPE ? ofStripe(header, body, now) : plain(header, body);
    }

    private boolean plain(String header, byte[] body) {
        int prefix = header.indexOf('=');
        String hex = prefix < 0 ? header : header.substring(prefix + 1);
        return isEqual(hex, hmac(body));
    }

    private boolean ofStripe(String header, byte[] body, Instant now) {
        String time = "";
        List<String> signatures = new ArrayList<>();
        for (String part : header.split(",")) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals("t")) {
                time = pair[1];
            } else if (pair.length == 2 && pair[0].equals("v1")) {
                signatures.add(pair[1]);
            }
        }
        if (!time.matches("\\d{1,12}") || isTooFar(Instant.ofEpochSecond(Long.parseLong(time)), now)) {
            return false;
        }
        byte[] start = (time + ".").getBytes(StandardCharsets.US_ASCII);
        byte[] signed = new byte[start.length + body.length];
        System.arraycopy(start, 0, signed, 0, start.length);
        System.arraycopy(body, 0, signed, start.length, body.length);
        byte[] expected = hmac(signed);
        return signatures.stream().anyMatch(signature -> isEqual(signature, expected));
    }

    private boolean isTooFar(Instant time, Instant now) {
        Double seconds = declared.toleranceSeconds();
        Duration tolerance = seconds == null ? USUAL_TOLERANCE : Duration.ofMillis(Math.round(seconds * 1_000));
        return Duration.between(time, now).abs().compareTo(tolerance) > 0;
    }

    private byte[] hmac(byte[] bytes) {
        String algorithm = declared.algorithm() == Webhook.Algorithm.HMAC_SHA512 ? "HmacSHA512" : "HmacSHA256";
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }

    private static boolean isEqual(String hex, byte[] expected) {
        try {
            return MessageDigest.isEqual(HexFormat.of().parseHex(hex.strip().toLowerCase(Locale.ROOT)), expected);
        } catch (IllegalArgumentException e) {
            // What is no hex is no signature.
            return false;
        }
    }
}
