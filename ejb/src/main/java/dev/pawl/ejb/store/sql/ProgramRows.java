package dev.pawl.ejb.store.sql;

import dev.pawl.manifest.host.ProgramSource;
import dev.pawl.manifest.host.StoredProgram;
import dev.pawl.manifest.syntax.Grammar;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Versions of programs, the same way in every database. */
public final class ProgramRows {

    private static final String LOCK = "select name from pawl_duty where name = 'manifest' for update";

    private static final String POSITION = "select coalesce(max(position), 0) from pawl_manifest";

    private static final String SELECT =
            "select p.name, p.version, p.grammar, p.source, p.source_hash, p.origin, p.deployed_by, p.deployed_at"
                    + " from pawl_manifest p";

    private static final String CURRENT = SELECT + " where not exists (select 1 from pawl_manifest later"
            + " where later.name = p.name and later.version > p.version) order by p.name";

    private static final String VERSIONS = SELECT + " where p.name = ? order by p.version desc";

    private static final String ADD = "insert into pawl_manifest (name, version, grammar, source, source_hash, origin,"
            + " deployed_by, deployed_at) values (?, ?, ?, ?, ?, ?, ?, ?)";

    private ProgramRows() {}

    public static void lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK);
                ResultSet result = statement.executeQuery()) {
            if (!result.next()) {
                throw new SQLException("the row 'manifest' of pawl_duty is missing; the migrations insert it");
            }
        }
    }

    public static long position(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POSITION);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    public static List<StoredProgram> current(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CURRENT)) {
            return read(statement);
        }
    }

    public static List<StoredProgram> versions(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(VERSIONS)) {
            Parameters.of(statement).text(name);
            return read(statement);
        }
    }

    public static void add(Connection connection, StoredProgram program) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            Parameters.of(statement)
                    .text(program.source().name())
                    .number(program.version())
                    .text(program.source().grammar().name())
                    .text(program.source().text())
                    .text(program.sourceHash())
                    .text(program.origin().name())
                    .text(program.deployedBy())
                    .time(program.deployedAt());
            statement.executeUpdate();
        }
    }

    private static List<StoredProgram> read(PreparedStatement statement) throws SQLException {
        return Row.list(statement, ProgramRows::program);
    }

    private static StoredProgram program(Row row) throws SQLException {
        String name = row.text();
        int version = row.integer();
        ProgramSource source = new ProgramSource(name, Grammar.valueOf(row.text()), row.text());
        return new StoredProgram(
                source, version, row.text(), StoredProgram.Origin.valueOf(row.text()), row.text(), row.time());
    }
}
