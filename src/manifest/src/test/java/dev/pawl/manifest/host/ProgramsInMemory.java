package dev.pawl.manifest.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Versions in a list. */
final class ProgramsInMemory implements ProgramStore {
    final List<StoredProgram> all = new ArrayList<>();
    int positionsAsked;
    int timesRead;

    @Override
    public long position() {
        positionsAsked++;
        return all.size();
    }

    @Override
    public List<StoredProgram> current() {
        timesRead++;
        Map<String, StoredProgram> newest = new LinkedHashMap<>();
        all.forEach(program -> newest.put(program.source().name(), program));
        return List.copyOf(new TreeMap<>(newest).values());
    }

    @Override
    public List<StoredProgram> versions(String name) {
        List<StoredProgram> versions = new ArrayList<>();
        for (StoredProgram program : all) {
            if (program.source().name().equals(name)) {
                versions.add(0, program);
            }
        }
        return versions;
    }

    @Override
    public void lock() {
        // one thread
    }

    @Override
    public void add(StoredProgram program) {
        all.add(program);
    }
}
