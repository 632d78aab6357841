package dev.pawl.bench.measure;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What one process and its user of the database have done so far, and the broker where there is one. */
public final class Counters {

    private static final Messages NO_BROKER = new Messages(0, 0);

    private static final String CALLS = "select s.query, sum(s.calls), sum(s.wal_bytes)::bigint, sum(s.wal_fpi)::bigint"
            + " from pg_stat_statements s"
            + " join pg_roles r on r.oid = s.userid join pg_database d on d.oid = s.dbid"
            + " where r.rolname = ? and d.datname = current_database() group by s.query";

    private final Observer observer;
    private final ProcessHandle process;
    private final ProcessHandle database;
    private final String user;
    private final Supplier<Messages> messages;

    /** @param observer of the database that the process uses as {@code user} */
    Counters(Observer observer, ProcessHandle process, String user, Supplier<Messages> messages) {
        this.observer = observer;
        this.process = process;
        this.database = ProcessHandle.of(observer.number("select pg_backend_pid()"))
                .flatMap(ProcessHandle::parent)
                .orElseThrow();
        this.user = user;
        this.messages = messages;
    }

    /** Of a process that uses no broker. */
    public static Counters withoutBroker(Observer observer, long process, String user) {
        return new Counters(observer, ProcessHandle.of(process).orElseThrow(), user, () -> NO_BROKER);
    }

    /** What happens from the beginning of this work to its end. */
    public Reading count(Runnable work) {
        Reading before = read();
        work.run();
        return read().since(before);
    }

    Reading read() {
        return new Reading(
                statements(),
                observer.number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"),
                observer.number("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"),
                ProcessorTime.ofTree(process),
                ProcessorTime.ofTree(database),
                ProcessorTime.ofProcess(ProcessHandle.current()),
                ProcessorTime.ofMachine(),
                messages.get());
    }

    private Statements statements() {
        Map<String, Long> calls = new TreeMap<>();
        Map<String, Long> logBytes = new TreeMap<>();
        long wholePages = observer
                .rows(
                        CALLS,
                        row -> {
                            calls.put(row.getString(1), row.getLong(2));
                            logBytes.put(row.getString(1), row.getLong(3));
                            return row.getLong(4);
                        },
                        user)
                .stream()
                .mapToLong(Long::longValue)
                .sum();
        return new Statements(calls, logBytes, wholePages);
    }
}
