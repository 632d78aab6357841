package dev.pawl.ejb.manifest;

import dev.pawl.manifest.host.DeployProgram;
import dev.pawl.manifest.host.Deployment;
import dev.pawl.manifest.host.LivePrograms;
import dev.pawl.manifest.host.ProgramSource;
import dev.pawl.manifest.host.ProgramStore;
import dev.pawl.manifest.host.Programs;
import dev.pawl.manifest.host.StoredProgram;
import java.util.List;

/** The programs of this server. */
final class DeployedPrograms implements Programs {

    private final ProgramStore store;
    private final DeployProgram deploy;
    private final LivePrograms live;
    private final JtaEntityTransactions transactions;

    DeployedPrograms(ProgramStore store, DeployProgram deploy, LivePrograms live, JtaEntityTransactions transactions) {
        this.store = store;
        this.deploy = deploy;
        this.live = live;
        this.transactions = transactions;
    }

    LivePrograms live() {
        return live;
    }

    /** Takes up what was deployed meanwhile, anywhere. */
    boolean look() {
        return transactions.call(live::look);
    }

    @Override
    public Deployment deploy(ProgramSource source, String by) {
        Deployment deployment = transactions.call(() -> deploy.deploy(source, by));
        look();
        return deployment;
    }

    /** Deploys what comes with the application. */
    Deployment install(ProgramSource source) {
        return transactions.call(() -> deploy.install(source));
    }

    @Override
    public List<LivePrograms.Live> running() {
        look();
        return live.programs();
    }

    @Override
    public List<StoredProgram> versions(String name) {
        return transactions.call(() -> store.versions(name));
    }
}
