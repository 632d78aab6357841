package dev.pawl.samples.letters;

/** A reply for somebody to read, change and sign. */
public record Draft(Classified.Office office, int urgency, String reply) {}
