package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An HTTP path that runs a command with the values {@code transform} takes from the payload. */
public record Webhook(
        String name,
        @Nullable String module,
        String path,
        @Nullable String method,
        String command,
        @Nullable String entity,
        @Nullable Signature signature,
        @Nullable String idempotencyHeader,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NamedExpression> transform) {
    public Webhook {
        transform = transform == null ? List.of() : List.copyOf(transform);
    }

    /** How the sender proves itself; {@code secret} is the context path of the shared secret. */
    public record Signature(
            Algorithm algorithm,
            String header,
            String secret,
            @Nullable Scheme scheme,
            @Nullable Double toleranceSeconds) {}

    /** The digests a signature may use. */
    public enum Algorithm {
        HMAC_SHA256("hmac-sha256"),
        HMAC_SHA512("hmac-sha512");

        private final String text;

        Algorithm(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }

    /** How the signature header is written. */
    public enum Scheme {
        PREFIXED_HEX("prefixed-hex"),
        STRIPE("stripe");

        private final String text;

        Scheme(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }
}
