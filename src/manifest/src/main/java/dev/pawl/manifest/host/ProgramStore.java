package dev.pawl.manifest.host;

import java.util.List;

/** Keeps every version of every program. */
public interface ProgramStore {
    /** Grows with every deployment, on whatever server; cheap to ask. */
    long position();

    /** The newest version of every program, in the order of names. */
    List<StoredProgram> current();

    /** Every version of a program, the newest first. */
    List<StoredProgram> versions(String name);

    /** Makes this the only deployment until the transaction around the call ends; waits for another one. */
    void lock();

    void add(StoredProgram program);
}
