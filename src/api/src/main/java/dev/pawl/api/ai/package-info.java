/**
 * How a stage asks models of artificial intelligence: text, objects, streams, embeddings and batches. Every call is
 * recorded with its tokens and cost under a topic, and counts in the totals of its run.
 *
 * <p>Which library or protocol leads to a provider is not known here. Read {@link dev.pawl.api.ai.Ai} first.
 */
@NullMarked
package dev.pawl.api.ai;

import org.jspecify.annotations.NullMarked;
