/**
 * Programs on a server: deployed under a name, kept in versions, run as the newest of each; and what a server's doors (HTTP,
 * messages) may ask of them.
 *
 * <p>Rules of deployment belong here, transactions and tables do not: those are adapters of {@link
 * dev.pawl.manifest.host.ProgramStore} and of the runtime's own ports.
 *
 * <p>Read first: {@link dev.pawl.manifest.host.DeployProgram}, then {@link dev.pawl.manifest.host.LivePrograms}.
 */
@NullMarked
package dev.pawl.manifest.host;

import org.jspecify.annotations.NullMarked;
