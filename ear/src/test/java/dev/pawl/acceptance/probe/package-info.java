/**
 * A small application that stands beside the product in test servers and does one thing: in one transaction
 * it inserts a row and sends a message. It shows what the server's transactions hold, whatever the product
 * makes of them.
 */
@NullMarked
package dev.pawl.acceptance.probe;

import org.jspecify.annotations.NullMarked;
