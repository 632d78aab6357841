/** What tests of Manifest programs deploy beside the application; the tests are in {@link dev.pawl.acceptance.manifest}. */
@NullMarked
package dev.pawl.acceptance.feature.manifest;

import org.jspecify.annotations.NullMarked;
