package dev.pawl.samples.printing;

/** What is to be printed. */
public record PrintOrder(String title, int pages, int copies) {
    public PrintOrder {
        if (title == null || title.isBlank()) {
            throw new IllegalArgumentException("title must not be blank");
        }
        if (pages < 1 || copies < 1) {
            throw new IllegalArgumentException("pages and copies must be at least 1");
        }
    }
}
