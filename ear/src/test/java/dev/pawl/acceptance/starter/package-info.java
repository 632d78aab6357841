/** The starter project of authors: built by a Maven of its own, deployed, used. */
@NullMarked
package dev.pawl.acceptance.starter;

import org.jspecify.annotations.NullMarked;
