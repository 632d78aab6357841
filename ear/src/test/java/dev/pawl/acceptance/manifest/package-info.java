/**
 * Manifest programs on a running server: the samples by HTTP and by messages, deployment, users and tenants; and on
 * PostgreSQL under parallel commands, two servers and kills.
 */
@NullMarked
package dev.pawl.acceptance.manifest;

import org.jspecify.annotations.NullMarked;
