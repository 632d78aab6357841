package dev.pawl.ejb.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where blobs are kept; {@code src/docs/reference/settings.md} tells what each setting does.
 *
 * @param folder of the files, where they are files
 * @param keepUnused how long what nobody refers to stays, for those who still read or write it
 */
public record BlobSettings(Store store, Path folder, Duration keepUnused) {

    /** A kind of store. */
    public enum Store {
        DATABASE,
        FILE;

        static Store named(String value) {
            try {
                return valueOf(value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("pawl.blob.store is 'database' or 'file', was '" + value + "'", e);
            }
        }
    }

    /** Makes the settings injectable. */
    @ApplicationScoped
    public static class Reader {
        @Produces
        @Singleton
        BlobSettings read(
                @ConfigProperty(name = "pawl.blob.store", defaultValue = "database") String store,
                @ConfigProperty(name = "pawl.blob.folder") Optional<String> folder,
                @ConfigProperty(name = "pawl.data.dir", defaultValue = "data") String data,
                @ConfigProperty(name = "pawl.blob.keep-unused", defaultValue = "PT1H") Duration keepUnused) {
            return new BlobSettings(
                    Store.named(store), folder.map(Path::of).orElseGet(() -> Path.of(data, "blobs")), keepUnused);
        }
    }
}
