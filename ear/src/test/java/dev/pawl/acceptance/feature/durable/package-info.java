/** Durable code on the servers that feature tests share, and on servers that are killed under it. */
@NullMarked
package dev.pawl.acceptance.feature.durable;

import org.jspecify.annotations.NullMarked;
