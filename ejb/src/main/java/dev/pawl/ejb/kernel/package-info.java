/**
 * The container's shell around the kernel: commands run in stateless beans under container-managed transactions, and the
 * engine's parts are put together for injection.
 *
 * <p>No decision about runs belongs here. Read {@link dev.pawl.ejb.kernel.KernelBean} first, then {@link
 * dev.pawl.ejb.kernel.EngineAssembly}.
 */
@NullMarked
package dev.pawl.ejb.kernel;

import org.jspecify.annotations.NullMarked;
