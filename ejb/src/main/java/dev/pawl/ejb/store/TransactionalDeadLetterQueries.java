package dev.pawl.ejb.store;

import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.query.DeadLetterQueries;
import dev.pawl.engine.query.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Each question is a short transaction, for the reason told in {@link TransactionalRunQueries}. */
@ApplicationScoped
@Transactional(dontRollbackOn = IllegalArgumentException.class)
public class TransactionalDeadLetterQueries implements DeadLetterQueries {

    @Inject
    private SqlDeadLetters deadLetters;

    @Override
    public Page<DeadLetterView> list(DeadLetters.Selection selection, Optional<String> cursor, int limit) {
        return deadLetters.list(selection, cursor, limit);
    }
}
