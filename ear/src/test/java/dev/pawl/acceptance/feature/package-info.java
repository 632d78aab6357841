/**
 * Acceptance tests of single features, each in a package of its own, on two servers that all of them share: one with the
 * embedded database and one with PostgreSQL. What such a test deploys lies in its sub-packages {@code probe} (workflows)
 * and {@code module} (EJBs and servlets); a test that kills its server or needs other settings starts one of its own
 * elsewhere. Read {@link dev.pawl.acceptance.feature.FeatureServer} first.
 */
@NullMarked
package dev.pawl.acceptance.feature;

import org.jspecify.annotations.NullMarked;
