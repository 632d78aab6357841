package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReadJournal;

/** Reads a journal; changes nothing. */
final class ReadJournalHandler implements Handler<ReadJournal, ReadJournal.Journal> {

    @Override
    public ReadJournal.Journal handle(ReadJournal command, UnitOfWork work) {
        return new ReadJournal.Journal(work.ports().journals().read(command.run()));
    }
}
