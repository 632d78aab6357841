package dev.pawl.samples.document.workflow;

import dev.pawl.api.Pipeline;
import dev.pawl.api.WorkflowSource;
import dev.pawl.samples.document.FetchOptions;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Offers the sample to the engine, with the server's settings:
 *
 * <ul>
 *   <li>{@code pawl.samples.fetch.private-addresses}: whether documents may be fetched from hosts outside the public
 *       internet; default {@code false}
 *   <li>{@code pawl.samples.own-url}: where this server is found; default {@code http://localhost:} and its HTTP port
 * </ul>
 */
public class SampleWorkflows implements WorkflowSource {

    @Override
    public List<Pipeline<?, ?>> workflows() {
        Config config = ConfigProvider.getConfig();
        boolean privateAddresses = config.getOptionalValue("pawl.samples.fetch.private-addresses", Boolean.class)
                .orElse(false);
        String port = config.getOptionalValue("pawl.http.port", String.class).orElse("9080");
        URI own = config.getOptionalValue("pawl.samples.own-url", URI.class)
                .orElse(URI.create("http://localhost:" + port));
        FetchOptions options = FetchOptions.defaults()
                .withAllowPrivateAddresses(privateAddresses)
                .withOwnBaseUrl(own);
        return List.of(DocumentProcessor.pipeline(options));
    }
}
