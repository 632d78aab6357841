package dev.pawl.ejb.store;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.pawl.engine.port.Ids;

/** UUIDs of version 7: they sort by time, so that new rows stand together in every index. */
public final class UuidIds implements Ids {

    private final NoArgGenerator generator = Generators.timeBasedEpochGenerator();

    @Override
    public String next() {
        return generator.generate().toString();
    }
}
