package dev.pawl.ejb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.port.OpenBlob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the database keeps large blobs: in rows of a chunk, and nothing for ever that nobody refers to. */
@Tag("D-08")
class BlobChunksTest {

    private static final int CHUNK = SqlBlobStore.CHUNK;

    private DataSource database;
    private DatabaseFixture fixture;

    private void open(String product) {
        database = product.equals("H2") ? TestDatabase.h2() : TestDatabase.postgres();
        fixture = new DatabaseFixture(database);
        fixture.clock().set(Instant.parse("2026-03-01T10:00:00Z"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private long count(String table) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives this many bytes and remembers how many it was ever asked for at once. */
    private static final class Endless extends InputStream {
        private long left;
        private int most;

        Endless(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 1 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            most = Math.max(most, length);
            int given = (int) Math.min(left, length);
            left -= given;
            return given == 0 && length > 0 ? -1 : given;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void aStreamIsNeverWholeInMemory(String product) throws IOException {
        open(product);
        long size = 40L * CHUNK + 5;
        Endless stream = new Endless(size);
        assertThat(fixture.blobs().put("large", "x/y", stream).size()).isEqualTo(size);
        assertThat(stream.most).isLessThanOrEqualTo(CHUNK);
        assertThat(count("pawl_blob_chunk")).isEqualTo(41);
        assertThat(count("pawl_blob_loose")).isZero();
        try (OpenBlob blob = fixture.blobs().open("large").orElseThrow()) {
            assertThat(blob.content().read(new byte[2 * CHUNK])).isEqualTo(CHUNK);
            assertThat(blob.content().transferTo(OutputStream.nullOutputStream()))
                    .isEqualTo(size - CHUNK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void noTransactionWaitsForTheStream(String product) throws IOException {
        open(product);
        InputStream looking = new InputStream() {
            private final InputStream content = new Endless(3L * CHUNK);

            @Override
            public int read() throws IOException {
                return content.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                assertThat(fixture.isInTransaction()).isFalse();
                return content.read(target, offset, length);
            }
        };
        fixture.blobs().put("large", "x/y", looking);
        try (OpenBlob blob = fixture.blobs().open("large").orElseThrow()) {
            assertThat(fixture.isInTransaction()).isFalse();
            blob.content().readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void aBrokenOffPutLeavesNothing(String product) {
        open(product);
        InputStream failing = new SequenceInputStream(new Endless(5L * CHUNK), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        });
        assertThatThrownBy(() -> fixture.blobs().put("k", "x/y", failing)).hasMessage("gone");
        assertThat(count("pawl_blob_chunk")).isZero();
        assertThat(count("pawl_blob_loose")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void replacedAndDeletedContentsGoOnceNobodyCanBeReadingThem(String product) throws IOException {
        open(product);
        fixture.blobs().put("replaced", "x/y", new Endless(200L * CHUNK));
        fixture.blobs().put("replaced", "small");
        fixture.blobs().put("deleted", "x/y", new Endless(3L * CHUNK));
        fixture.blobs().delete("deleted");
        fixture.blobs().put("kept", "x/y", new Endless(2L * CHUNK));
        assertThat(count("pawl_blob_chunk")).isEqualTo(200 + 1 + 3 + 2);

        fixture.clock().advance(DatabaseFixture.KEEP_LOOSE.minusMinutes(1));
        assertThat(fixture.blobs().sweep()).isZero();
        fixture.clock().advance(Duration.ofMinutes(2));
        assertThat(fixture.blobs().sweep()).isEqualTo(2);

        assertThat(count("pawl_blob_chunk")).isEqualTo(1 + 2);
        assertThat(count("pawl_blob_loose")).isZero();
        assertThat(fixture.blobs().get("replaced")).contains("small");
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void whoReadsForTooLongLearnsThatTheRestIsGone(String product) throws IOException {
        open(product);
        fixture.blobs().put("k", "x/y", new Endless(3L * CHUNK));
        try (OpenBlob blob = fixture.blobs().open("k").orElseThrow()) {
            fixture.blobs().delete("k");
            fixture.clock().advance(Duration.ofHours(2));
            fixture.blobs().sweep();
            assertThatThrownBy(() -> blob.content().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'k' is gone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void aPutThatStoodStillUntilItWasSweptFailsAndAnySlowOneDoesNot(String product) throws IOException {
        open(product);
        fixture.blobs().put("slow", "x/y", pausing(Duration.ofMinutes(50), 4));
        assertThat(fixture.blobs().info("slow").orElseThrow().size()).isEqualTo(4L * CHUNK);

        assertThatThrownBy(() -> fixture.blobs().put("still", "x/y", pausing(Duration.ofMinutes(70), 4)))
                .hasMessageContaining("given up");
        assertThat(fixture.blobs().list("")).containsExactly("slow");
        assertThat(count("pawl_blob_chunk")).isEqualTo(4);
    }

    /** A sweep comes by before each chunk. */
    private InputStream pausing(Duration pause, int chunks) {
        return new InputStream() {
            private final InputStream content = new Endless((long) chunks * CHUNK);

            @Override
            public int read() throws IOException {
                return content.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                fixture.clock().advance(pause);
                fixture.blobs().sweep();
                return content.read(target, offset, length);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void aSmallBlobIsTwoRowsAndLeavesNoneBehind(String product) {
        open(product);
        fixture.blobs().put("k", "x");
        fixture.blobs().put("k", "y");
        assertThat(count("pawl_blob_chunk")).isEqualTo(1);
        fixture.blobs().delete("k");
        assertThat(count("pawl_blob_chunk")).isZero();
        assertThat(count("pawl_blob_loose")).isZero();
    }
}
