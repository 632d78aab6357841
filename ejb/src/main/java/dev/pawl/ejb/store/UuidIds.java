package dev.pawl.ejb.store;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.pawl.engine.port.Ids;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** UUIDs of version 7: they sort by time, so that new rows stand together in every index. */
public final class UuidIds implements Ids {

    private final NoArgGenerator generator = Generators.timeBasedEpochGenerator();

    @Override
    public String next() {
        return generator.generate().toString();
    }

    /** The same bits in 22 characters of the alphabet for URLs. */
    @Override
    public String nextShort() {
        UUID id = generator.generate();
        byte[] bits = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
