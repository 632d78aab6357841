package dev.pawl.testkit.flow;

/** What the workflows of these tests are given. */
record Order(String customer, int number) {}
