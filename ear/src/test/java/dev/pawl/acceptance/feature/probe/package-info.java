/** What user code of the tests has in common: the folder it shares with the test. */
@NullMarked
package dev.pawl.acceptance.feature.probe;

import org.jspecify.annotations.NullMarked;
