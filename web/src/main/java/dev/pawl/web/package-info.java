/**
 * The web shell: HTTP in front of the engine's commands and queries.
 *
 * <p>Resources translate and nothing else; what a request means is decided in the engine. Errors become problem documents in
 * {@link dev.pawl.web.problem}, bodies pass {@link dev.pawl.web.json}. Read {@link dev.pawl.web.run.RunResource} first.
 */
@NullMarked
package dev.pawl.web;

import org.jspecify.annotations.NullMarked;
