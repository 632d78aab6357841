@NullMarked
package dev.pawl.samples.letters;

import org.jspecify.annotations.NullMarked;
