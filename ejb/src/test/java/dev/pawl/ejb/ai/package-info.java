@NullMarked
package dev.pawl.ejb.ai;

import org.jspecify.annotations.NullMarked;
