@NullMarked
package dev.pawl.api.ai;

import org.jspecify.annotations.NullMarked;
