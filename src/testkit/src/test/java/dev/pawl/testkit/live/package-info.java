@NullMarked
package dev.pawl.testkit.live;

import org.jspecify.annotations.NullMarked;
