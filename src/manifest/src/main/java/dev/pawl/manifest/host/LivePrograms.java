package dev.pawl.manifest.host;

import dev.pawl.manifest.compile.Compilation;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Store;
import dev.pawl.manifest.runtime.ManifestRuntime;
import dev.pawl.manifest.runtime.RuntimeOptions;
import dev.pawl.manifest.runtime.RuntimePorts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The programs this server runs: the newest version of each, compiled. Asked to look, it takes up what was deployed
 * meanwhile, here or on another server; commands that run meanwhile end on the programs they began with.
 */
public final class LivePrograms {
    private static final String MEMORY = "memory";

    private final ProgramStore store;
    private final RuntimePorts ports;
    private final RuntimeOptions options;
    private final BiConsumer<StoredProgram, String> leftOut;
    private volatile Running running;

    /** @param leftOut told of a kept program that cannot run, and why */
    public LivePrograms(
            ProgramStore store, RuntimePorts ports, RuntimeOptions options, BiConsumer<StoredProgram, String> leftOut) {
        this.store = store;
        this.ports = ports;
        this.options = options;
        this.leftOut = leftOut;
        this.running = new Running(0, List.of(), Set.of(), ManifestRuntime.of(List.of(), ports, options));
    }

    /** A program that runs. */
    public record Live(StoredProgram stored, Ir ir) {}

    private record Running(long position, List<Live> programs, Set<String> inMemory, ManifestRuntime runtime) {}

    /** Takes up what was deployed since the last look; answers whether there was anything. One cheap question if not. */
    public boolean look() {
        long position = store.position();
        if (position <= running.position()) {
            return false;
        }
        return load(position);
    }

    private synchronized boolean load(long position) {
        if (position <= running.position()) {
            return false;
        }
        List<Live> programs = new ArrayList<>();
        NamesInUse names = new NamesInUse();
        for (StoredProgram program : store.current()) {
            Compilation compilation = ManifestCompiler.compile(
                    program.source().text(), program.source().grammar());
            Optional<String> obstacle = compilation
                    .ir()
                    .map(ir -> names.clash(ir).or(() -> Undeployable.assembly(ir)))
                    .orElseGet(() -> Optional.of("it does not compile any more: "
                            + compilation.errors().get(0)));
            if (obstacle.isPresent()) {
                leftOut.accept(program, obstacle.get());
            } else {
                Ir ir = compilation.ir().orElseThrow();
                names.add(program.source().name(), ir);
                programs.add(new Live(program, ir));
            }
        }
        List<Ir> compiled = programs.stream().map(Live::ir).toList();
        running = new Running(
                position, List.copyOf(programs), inMemory(compiled), ManifestRuntime.of(compiled, ports, options));
        return true;
    }

    private static Set<String> inMemory(List<Ir> programs) {
        Set<String> entities = new HashSet<>();
        for (Ir program : programs) {
            program.stores().stream()
                    .filter(declared -> declared.target().equals(MEMORY))
                    .map(Store::entity)
                    .forEach(entities::add);
        }
        return Set.copyOf(entities);
    }

    public ManifestRuntime runtime() {
        return running.runtime();
    }

    /** In the order of their names. */
    public List<Live> programs() {
        return running.programs();
    }

    /** Whether the program wants the instances of this entity kept in memory alone. */
    public boolean isInMemory(String entity) {
        return running.inMemory().contains(entity);
    }

    public Optional<Entity> entity(String name) {
        return running.programs().stream()
                .flatMap(program -> program.ir().entity(name).stream())
                .findFirst();
    }

    /** Whether a program declares a command of this name outside its entities. */
    public boolean hasCommand(String name) {
        return running.programs().stream()
                .anyMatch(program -> program.ir().command(null, name).isPresent());
    }
}
