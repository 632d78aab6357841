/** How samples write to people. Not a sample itself: what an application has for this stands in its place. */
@NullMarked
package dev.pawl.samples.mail;

import org.jspecify.annotations.NullMarked;
