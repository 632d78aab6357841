/**
 * Manifest programs over HTTP: deployed, listed, compiled without deploying, described as OpenAPI, and recorded commands
 * replayed.
 */
@NullMarked
package dev.pawl.web.manifest;

import org.jspecify.annotations.NullMarked;
