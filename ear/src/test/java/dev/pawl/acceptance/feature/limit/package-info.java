/** Flow control through the deployed application: limits, rate, fairness, debounce, caches, circuit breakers, bulkheads. */
@NullMarked
package dev.pawl.acceptance.feature.limit;

import org.jspecify.annotations.NullMarked;
