/**
 * What the engine needs of the world: storage, time, chance, transport. Each port has one contract suite in the test kit
 * and at least two adapters, one in memory and one for the database.
 *
 * <p>Ports that write take part in the transaction around the call. Read {@link dev.pawl.engine.port.RunStore} first.
 */
@NullMarked
package dev.pawl.engine.port;

import org.jspecify.annotations.NullMarked;
