package dev.pawl.bench.peer;

import dev.pawl.bench.load.InsideClients;
import dev.pawl.bench.measure.Meter;
import dev.pawl.bench.stand.Stand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets each of the other engines and ours take turns, and compares them. */
public final class Contest {

    private static final int CLIENTS_OF_A_BURST = 16;

    private final Rules rules;
    private final Stand stand;
    private final PawlContender ours;
    private final PrintContest print;
    private final List<Ratio> ratios = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /**
     * How it is played.
     *
     * @param clients numbers of clients that wait for their runs
     * @param time of each turn of such clients
     * @param burst runs of a burst; without any there is none
     * @param rounds how often each engine has its turn at each kind of work
     * @param ourWarmUp runs of ours before the first turn
     * @param theirWarmUp how long each other engine works before its first turn
     * @param modules where the built adapters are
     * @param jvm options of the peers' processes
     * @param folder for what they print
     */
    public record Rules(
            List<Integer> clients,
            Duration time,
            int burst,
            int rounds,
            int ourWarmUp,
            Duration theirWarmUp,
            Path modules,
            List<String> jvm,
            Path folder) {}

    public Contest(Rules rules, Stand stand, Meter meter, InsideClients clients, PrintStream out) {
        this.rules = rules;
        this.stand = stand;
        this.ours = new PawlContender(stand, meter, clients);
        this.print = new PrintContest(out);
    }

    /** Plays against each of these; answers what does not count. */
    public List<String> play(List<PeerEngine> engines) {
        ours.warmUp(CLIENTS_OF_A_BURST, rules.ourWarmUp());
        for (PeerEngine engine : engines) {
            try (PeerContender peer =
                    PeerContender.start(engine, stand, rules.modules(), rules.jvm(), rules.folder())) {
                print.begin(peer.name(), peer.version());
                peer.warmUp(CLIENTS_OF_A_BURST, rules.theirWarmUp());
                play(peer);
            } catch (SQLException | IllegalStateException e) {
                complaints.add(engine.id() + " could not be measured: " + e.getMessage());
            }
        }
        print.table(ratios);
        return List.copyOf(complaints);
    }

    private void play(Contender theirs) {
        Map<Play.Workload, List<Play>> our = new LinkedHashMap<>();
        Map<Play.Workload, List<Play>> their = new LinkedHashMap<>();
        // shows the compilers of both what they have not seen
        for (int clients : rules.clients()) {
            theirs.warmUp(clients, rules.time());
            theirs.rest();
            ours.warmUp(clients, rules.time());
            ours.rest();
        }
        for (int round = 0; round < rules.rounds(); round++) {
            for (int clients : rules.clients()) {
                add(their, theirs.loop(clients, rules.time()));
                theirs.rest();
                add(our, ours.loop(clients, rules.time()));
                ours.rest();
            }
            if (rules.burst() > 0) {
                add(their, theirs.burst(CLIENTS_OF_A_BURST, rules.burst()));
                theirs.rest();
                add(our, ours.burst(CLIENTS_OF_A_BURST, rules.burst()));
                ours.rest();
            }
        }
        their.forEach((workload, plays) -> {
            if (our.containsKey(workload)) {
                ratios.add(Ratio.of(our.get(workload), plays));
            }
        });
    }

    private void add(Map<Play.Workload, List<Play>> plays, Play play) {
        print.line(play);
        if (play.faults().isEmpty()) {
            plays.computeIfAbsent(play.workload(), workload -> new ArrayList<>())
                    .add(play);
        } else {
            complaints.add(play.engine() + " at " + play.workload() + " does not count: "
                    + play.faults().get(0));
        }
    }
}
