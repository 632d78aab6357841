/**
 * On whose behalf a call is made: the user the container has authenticated, with the user's groups and tenant.
 *
 * <p>What a user may do is decided elsewhere. Read {@link dev.pawl.ejb.security.CallerBean} first.
 */
@NullMarked
package dev.pawl.ejb.security;

import org.jspecify.annotations.NullMarked;
