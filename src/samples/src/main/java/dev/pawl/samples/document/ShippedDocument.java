package dev.pawl.samples.document;

/**
 * A document that comes with the samples.
 *
 * @param file its name, and the last part of its address
 * @param title what it is called
 * @param author who wrote it
 * @param year when it was written
 * @param language its ISO 639-1 code
 * @param licence on what terms it may be passed on
 */
public record ShippedDocument(String file, String title, String author, int year, String language, String licence) {

    /** By the ending of the file. */
    public String mediaType() {
        String ending = file.substring(file.lastIndexOf('.') + 1);
        return switch (ending) {
            case "html" -> "text/html;charset=UTF-8";
            case "pdf" -> "application/pdf";
            case "txt" -> "text/plain;charset=UTF-8";
            default -> throw new IllegalStateException("No media type is known for the shipped document " + file);
        };
    }
}
