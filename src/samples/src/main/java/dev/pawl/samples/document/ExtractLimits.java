package dev.pawl.samples.document;

/**
 * How much {@link ExtractText} takes on.
 *
 * @param maxPages the most pages a PDF may have
 * @param maxCharacters the longest text taken
 */
public record ExtractLimits(int maxPages, int maxCharacters) {

    public ExtractLimits {
        if (maxPages <= 0 || maxCharacters <= 0) {
            throw new IllegalArgumentException(
                    "limits must be positive, but are " + maxPages + " pages and " + maxCharacters + " characters");
        }
    }

    /** 500 pages, 2,000,000 characters. */
    public static ExtractLimits defaults() {
        return new ExtractLimits(500, 2_000_000);
    }
}
