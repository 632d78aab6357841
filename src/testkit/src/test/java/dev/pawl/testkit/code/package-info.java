/** Durable code, tried in the test engine. */
@NullMarked
package dev.pawl.testkit.code;

import org.jspecify.annotations.NullMarked;
