package dev.pawl.ejb.security;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** What a MicroProfile JWT says of its subject. */
record TokenClaims(List<String> groups, Optional<String> tenant) {

    private static final String TENANT = "tenant";

    /** The server offers the classes of tokens only when it takes tokens. */
    private static final boolean TOKENS_TAKEN = isPresent("org.eclipse.microprofile.jwt.JsonWebToken");

    /** Empty when the principal did not come by a token. */
    static Optional<TokenClaims> of(Principal principal) {
        return TOKENS_TAKEN ? Reader.read(principal) : Optional.empty();
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, TokenClaims.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Apart, so that the class of tokens is not looked for where it does not exist. */
    private static final class Reader {
        static Optional<TokenClaims> read(Principal principal) {
            if (!(principal instanceof JsonWebToken token)) {
                return Optional.empty();
            }
            List<String> groups = token.getGroups() == null
                    ? List.of()
                    : token.getGroups().stream().sorted().toList();
            Object tenant = token.getClaim(TENANT);
            return Optional.of(new TokenClaims(groups, tenant == null ? Optional.empty() : Optional.of(text(tenant))));
        }

        /** Claims without a type of their own come as JSON. */
        private static String text(Object claim) {
            return claim instanceof jakarta.json.JsonString string ? string.getString() : claim.toString();
        }
    }
}
