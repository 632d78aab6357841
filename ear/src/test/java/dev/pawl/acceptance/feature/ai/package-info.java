/** Stages that ask models of artificial intelligence, through the deployed application. */
@NullMarked
package dev.pawl.acceptance.feature.ai;

import org.jspecify.annotations.NullMarked;
