/**
 * The message shell: commands come in by a queue, work is announced by another, events go out by a topic.
 *
 * <p>Message-driven beans are a few lines around plain classes; those know the engine and no broker. Read {@link
 * dev.pawl.jms.contract} first: it is what programs outside rely on.
 */
@NullMarked
package dev.pawl.jms;

import org.jspecify.annotations.NullMarked;
