/** A business application beside the product's modules: EJBs that use the engine in their own transactions. */
@NullMarked
package dev.pawl.acceptance.feature.local.module;

import org.jspecify.annotations.NullMarked;
