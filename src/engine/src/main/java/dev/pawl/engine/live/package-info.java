/**
 * What happens, as it happens: the histories of runs and entities followed by those who listen, on whichever server they
 * listen and wherever it happened.
 *
 * <p>The database is the only source. Nothing here decides about runs, and nothing is asked of the database while nobody
 * listens. Read {@link dev.pawl.engine.live.LiveEvents} first, then {@link dev.pawl.engine.live.EventFeed}.
 */
@NullMarked
package dev.pawl.engine.live;

import org.jspecify.annotations.NullMarked;
