/** What the server's transactions need of databases beyond their drivers. It stands beside the drivers. */
@NullMarked
package dev.pawl.liberty.driver;

import org.jspecify.annotations.NullMarked;
