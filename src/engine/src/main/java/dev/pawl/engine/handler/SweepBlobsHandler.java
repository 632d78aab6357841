package dev.pawl.engine.handler;

import dev.pawl.engine.command.SweepBlobs;
import java.util.List;

/** Deletes first and forgets then, so that a crash in between deletes once more what is gone. */
final class SweepBlobsHandler implements Handler<SweepBlobs, SweepBlobs.Swept> {

    @Override
    public SweepBlobs.Swept handle(SweepBlobs command, UnitOfWork work) {
        List<String> keys = work.ports().runs().discarded(command.max());
        keys.forEach(work.ports().payloads()::delete);
        work.ports().runs().forget(keys);
        return new SweepBlobs.Swept(keys.size());
    }
}
