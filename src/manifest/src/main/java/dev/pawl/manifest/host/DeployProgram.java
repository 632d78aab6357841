package dev.pawl.manifest.host;

import dev.pawl.manifest.compile.Compilation;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.IrJson;
import dev.pawl.manifest.syntax.Diagnostic;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deploys a program as the next version of its name, within the transaction around the call. A program that does not compile,
 * or that takes a name of another program, changes nothing.
 */
public final class DeployProgram {
    private final ProgramStore store;
    private final InstantSource clock;

    public DeployProgram(ProgramStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Deploys a text that somebody sent. */
    public Deployment deploy(ProgramSource source, String by) {
        return deploy(source, StoredProgram.Origin.REQUEST, by);
    }

    /**
     * Deploys a text that comes with the application, unless the program had this text before: a version sent later stays
     * the current one when the server starts again.
     */
    public Deployment install(ProgramSource source) {
        String hash = IrJson.sha256(source.text());
        Optional<StoredProgram> known = store.versions(source.name()).stream()
                .filter(version -> version.isOf(source, hash))
                .findFirst();
        return known.isPresent()
                ? new Deployment.Deployed(known.get(), List.of(), false)
                : deploy(source, StoredProgram.Origin.APPLICATION, "application");
    }

    private Deployment deploy(ProgramSource source, StoredProgram.Origin origin, String by) {
        int unfit = source.text().indexOf('\u0000');
        if (unfit >= 0) {
            return new Deployment.Broken(
                    List.of(Diagnostic.error("The program holds a NUL character at index " + unfit, null)));
        }
        Compilation compilation = ManifestCompiler.compile(source.text(), source.grammar());
        if (compilation.ir().isEmpty()) {
            return new Deployment.Broken(compilation.diagnostics());
        }
        List<Diagnostic> obstacles = Undeployable.in(compilation.ir().get());
        if (!obstacles.isEmpty()) {
            List<Diagnostic> all = new ArrayList<>(compilation.diagnostics());
            all.addAll(obstacles);
            return new Deployment.Broken(all);
        }
        store.lock();
        String hash = IrJson.sha256(source.text());
        List<StoredProgram> versions = store.versions(source.name());
        if (!versions.isEmpty() && versions.get(0).isOf(source, hash)) {
            return new Deployment.Deployed(versions.get(0), compilation.diagnostics(), false);
        }
        Optional<String> clash = clash(source, compilation.ir().get());
        if (clash.isPresent()) {
            return new Deployment.Clashing(clash.get());
        }
        int next = versions.isEmpty() ? 1 : versions.get(0).version() + 1;
        StoredProgram program = new StoredProgram(source, next, hash, origin, by, clock.instant());
        store.add(program);
        return new Deployment.Deployed(program, compilation.diagnostics(), true);
    }

    private Optional<String> clash(ProgramSource source, Ir program) {
        NamesInUse names = new NamesInUse();
        for (StoredProgram other : store.current()) {
            if (!other.source().name().equals(source.name())) {
                ManifestCompiler.compile(other.source().text(), other.source().grammar())
                        .ir()
                        .ifPresent(ir -> names.add(other.source().name(), ir));
            }
        }
        return names.clash(program);
    }
}
