/**
 * The message broker inside the server process and the resource adapter that reaches it, or reaches a
 * broker in a process of its own. Here belongs what must run in the adapter's class loader; what talks
 * JMS belongs to the {@code jms} module, and the server's settings to {@code server.xml} beside this
 * package's sources. Read {@link dev.pawl.liberty.broker.ArtemisResourceAdapter} first.
 */
@NullMarked
package dev.pawl.liberty.broker;

import org.jspecify.annotations.NullMarked;
