package dev.pawl.ejb.store.record;

import dev.pawl.ejb.store.sql.RunColumns;
import dev.pawl.engine.model.Failure;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/** The three columns of a failure; all are null where nothing failed. */
@Embeddable
public class FailureColumns {

    @Column(name = "error_code")
    private @Nullable String code;

    @Column(name = "error_message")
    private @Nullable String message;

    @Column(name = "error_stage")
    private @Nullable String stage;

    protected FailureColumns() {}

    static @Nullable Failure failure(@Nullable FailureColumns columns) {
        return columns == null ? null : RunColumns.failure(columns.code, columns.message, columns.stage);
    }
}
