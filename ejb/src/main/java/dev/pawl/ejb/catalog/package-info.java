/**
 * Finds the workflows of the application: every CDI bean that is a pipeline, a class of durable code, or offers
 * some.
 */
@NullMarked
package dev.pawl.ejb.catalog;

import org.jspecify.annotations.NullMarked;
