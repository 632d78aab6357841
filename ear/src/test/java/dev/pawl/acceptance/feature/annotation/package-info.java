/** What is noted on runs. */
@NullMarked
package dev.pawl.acceptance.feature.annotation;

import org.jspecify.annotations.NullMarked;
