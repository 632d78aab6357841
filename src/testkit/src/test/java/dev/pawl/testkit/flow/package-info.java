/** Flow control, shown in the test kit: limits, caches, debounce, circuit breakers, bulkheads, fairness. */
@NullMarked
package dev.pawl.testkit.flow;

import org.jspecify.annotations.NullMarked;
