@NullMarked
package dev.pawl.ai;

import org.jspecify.annotations.NullMarked;
