package dev.pawl.manifest.host;

import java.util.List;

/** The programs of a server, as its doors see them. */
public interface Programs {
    Deployment deploy(ProgramSource source, String by);

    /** Those that run, in the order of their names. */
    List<LivePrograms.Live> running();

    /** Every version of a program, the newest first; empty when there is none of that name. */
    List<StoredProgram> versions(String name);
}
