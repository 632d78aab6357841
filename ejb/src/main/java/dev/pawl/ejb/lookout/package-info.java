/**
 * How a server notices what is to be done although nobody rang: it asks the database about everything at once, in one
 * statement a second, and does what that shows to be due; of what will be due soon it remembers the time. Read
 * {@link dev.pawl.ejb.lookout.Lookout} first. What to do belongs to those who do it.
 */
@NullMarked
package dev.pawl.ejb.lookout;

import org.jspecify.annotations.NullMarked;
