/** Several people are asked at the same time, each with a reminder. Read {@link dev.pawl.samples.review.DocumentReview} first. */
@NullMarked
package dev.pawl.samples.review;

import org.jspecify.annotations.NullMarked;
