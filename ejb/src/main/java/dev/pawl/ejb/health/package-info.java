/** MicroProfile Health: whether the engine has started, can work, and is alive. */
@NullMarked
package dev.pawl.ejb.health;

import org.jspecify.annotations.NullMarked;
