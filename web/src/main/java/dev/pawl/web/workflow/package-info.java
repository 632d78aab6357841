/** The deployed workflows over HTTP: looking at them and starting runs of them. */
@NullMarked
package dev.pawl.web.workflow;

import org.jspecify.annotations.NullMarked;
