/**
 * Time and ids a test decides over. The in-memory store is in {@code memory}, what every store must keep to in
 * {@code contract}.
 */
@NullMarked
package dev.pawl.testkit;

import org.jspecify.annotations.NullMarked;
