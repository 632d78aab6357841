package dev.pawl.ejb.store.record;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code pawl_log}. */
@Entity
@Table(name = "pawl_log")
public class LogRecord {

    /** Unique by itself; the table's key begins with what lines are read by. */
    @Id
    private long id;

    @Column(name = "run_id")
    private String runId;

    @Column(name = "logged_at")
    private Instant loggedAt;

    private String level;

    @Column(name = "step_id")
    private String stepId;

    private int attempt;

    @Lob
    private String message;

    @Lob
    private String metadata;

    protected LogRecord() {}

    public long id() {
        return id;
    }

    public String runId() {
        return runId;
    }

    public Instant loggedAt() {
        return loggedAt;
    }

    public String level() {
        return level;
    }

    public String stepId() {
        return stepId;
    }

    public int attempt() {
        return attempt;
    }

    public String message() {
        return message;
    }

    public String metadata() {
        return metadata;
    }
}
