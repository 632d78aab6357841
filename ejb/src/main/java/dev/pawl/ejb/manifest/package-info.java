/**
 * The container's shell around Manifest programs: a command is one JTA transaction, programs come with the application or by
 * request, and a timer takes up what other servers deployed.
 *
 * <p>What a program means and how it is deployed is decided in {@code dev.pawl.manifest}. Read {@link
 * dev.pawl.ejb.manifest.JtaEntityTransactions} first, then {@link dev.pawl.ejb.manifest.ManifestAssembly}.
 */
@NullMarked
package dev.pawl.ejb.manifest;

import org.jspecify.annotations.NullMarked;
