/** Files of the class path that are served as they are: the samples' documents and the description of the queues. */
@NullMarked
package dev.pawl.web.document;

import org.jspecify.annotations.NullMarked;
