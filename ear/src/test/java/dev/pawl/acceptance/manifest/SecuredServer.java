package dev.pawl.acceptance.manifest;

import dev.pawl.acceptance.server.LibertyServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server with the embedded database that knows its callers by tokens. Tests take it as a parameter. */
final class SecuredServer implements ParameterResolver {

    /** The server and who issues its tokens. */
    record Running(LibertyServer server, TokenIssuer issuer) implements AutoCloseable {
        static Running start() {
            Path folder = Path.of("target/acceptance/manifest-secured");
            TokenIssuer issuer = new TokenIssuer();
            Path key = issuer.publish(folder.resolve("issuer.pem").toAbsolutePath());
            return new Running(
                    LibertyServer.in(folder.resolve("server"))
                            .variable("pawl.security", "jwt")
                            .variable("pawl.jwt.issuer", TokenIssuer.NAME)
                            .variable("pawl.jwt.audience", TokenIssuer.AUDIENCE)
                            .variable("pawl.jwt.keys", key.toUri().toString())
                            .build()
                            .start(),
                    issuer);
        }

        /** As nobody. */
        EntityApi api() {
            return EntityApi.of(server.http());
        }

        /** As somebody of these groups. */
        EntityApi as(String subject, String... groups) {
            return api().with(issuer.token(subject, List.of(groups)));
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SecuredServer.class))
                .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
    }
}
