/** How recorded events leave: as CloudEvents on the topic, within the relay's transaction. */
@NullMarked
package dev.pawl.jms.event;

import org.jspecify.annotations.NullMarked;
