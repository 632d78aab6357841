package dev.pawl.ejb.manifest.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.ProgramRows;
import dev.pawl.manifest.host.ProgramStore;
import dev.pawl.manifest.host.StoredProgram;
import java.util.List;

/** Programs in the database, in the transaction around the call. */
public final class SqlProgramStore implements ProgramStore {

    private final CurrentConnection connection;

    public SqlProgramStore(CurrentConnection connection) {
        this.connection = connection;
    }

    @Override
    public long position() {
        return connection.call("look for new programs", ProgramRows::position);
    }

    @Override
    public List<StoredProgram> current() {
        return connection.call("read the programs", ProgramRows::current);
    }

    @Override
    public List<StoredProgram> versions(String name) {
        return connection.call(
                "read the versions of the program " + name, current -> ProgramRows.versions(current, name));
    }

    @Override
    public void lock() {
        connection.call("become the only deployment", current -> {
            ProgramRows.lock(current);
            return current;
        });
    }

    @Override
    public void add(StoredProgram program) {
        connection.call("add a version of the program " + program.source().name(), current -> {
            ProgramRows.add(current, program);
            return program;
        });
    }
}
