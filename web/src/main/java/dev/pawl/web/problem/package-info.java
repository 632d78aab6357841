/**
 * Errors as RFC 9457 problem documents: what a caller can do about it, never how the server is built.
 *
 * <p>Every way out of the archive that is not a success passes here, inside JAX-RS by {@link
 * dev.pawl.web.problem.ProblemMapper}, outside by {@link dev.pawl.web.problem.ErrorPage}. Read {@link
 * dev.pawl.web.problem.DescribeFailure} first.
 */
@NullMarked
package dev.pawl.web.problem;

import org.jspecify.annotations.NullMarked;
