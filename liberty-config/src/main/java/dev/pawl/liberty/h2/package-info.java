/** What the server's transactions need of the embedded database beyond its driver. It stands beside the driver. */
@NullMarked
package dev.pawl.liberty.h2;

import org.jspecify.annotations.NullMarked;
