/** Tests of the server itself, whatever application runs in it: transactions, data, settings. */
@NullMarked
package dev.pawl.acceptance.platform;

import org.jspecify.annotations.NullMarked;
