/**
 * Questions people and programs ask about runs, and the shape of the answers, which is the shape of the REST resources.
 *
 * <p>Nothing here changes anything. Read {@link dev.pawl.engine.query.RunQueries} first.
 */
@NullMarked
package dev.pawl.engine.query;

import org.jspecify.annotations.NullMarked;
