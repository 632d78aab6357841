package dev.pawl.acceptance.manifest;

import java.util.List;

/**
 * What happens to one instance of a sample program, command by command, and how it ends.
 *
 * @param start properties the instance is created with, as JSON without the id
 * @param ending a property and the value it has in the end
 */
record SampleStory(String entity, String start, List<Step> steps, Ending ending) {

    /** A command and its input as JSON. */
    record Step(String command, String input) {}

    record Ending(String property, String value) {}

    /** One for each of the eight programs. */
    static List<SampleStory> all() {
        return List.of(
                new SampleStory(
                        "Order",
                        "{}",
                        List.of(
                                new Step("place", "{\"customerId\":\"c1\",\"total\":12.5}"),
                                new Step("reserve", "{\"reservationId\":\"r1\"}"),
                                new Step("pay", "{\"paymentReference\":\"p1\",\"amount\":12.5}"),
                                new Step("fulfill", "{}")),
                        new Ending("summary", "c1: 12.5 EUR")),
                new SampleStory(
                        "Invoice",
                        "{}",
                        List.of(
                                new Step(
                                        "generate",
                                        "{\"orderId\":\"o1\",\"amount\":10,\"recipient\":\"ada@example.org\"}"),
                                new Step("markGenerated", "{\"documentUrl\":\"https://example.org/1.pdf\"}"),
                                new Step("send", "{}")),
                        new Ending("status", "sent")),
                new SampleStory(
                        "DocumentImport",
                        "{}",
                        List.of(
                                new Step("start", "{\"source\":\"a.csv\"}"),
                                new Step("beginProcessing", "{\"totalRows\":4}"),
                                new Step("updateProgress", "{\"processedRows\":4}"),
                                new Step("complete", "{}")),
                        new Ending("percentComplete", "100")),
                new SampleStory(
                        "BookingRequest",
                        "{}",
                        List.of(
                                new Step("bookFlight", "{\"flightReference\":\"f1\"}"),
                                new Step("bookHotel", "{\"hotelReference\":\"h1\"}"),
                                new Step("compensate", "{\"reason\":\"ill\"}")),
                        new Ending("holdsSomething", "false")),
                new SampleStory(
                        "RecipeSubmission",
                        "{}",
                        List.of(
                                new Step(
                                        "submit",
                                        "{\"title\":\"Soup\",\"author\":\"ada\",\"ingredients\":[\"water\"]}"),
                                new Step("assignReviewer", "{\"reviewerId\":\"bob\"}"),
                                new Step("approve", "{}"),
                                new Step("publish", "{}")),
                        new Ending("ingredientCount", "1")),
                new SampleStory(
                        "InventoryItem",
                        "{\"onHand\":10,\"par\":2}",
                        List.of(
                                new Step("reserve", "{\"quantity\":4}"),
                                new Step("consume", "{\"quantity\":3}"),
                                new Step("restock", "{\"quantity\":2}"),
                                new Step("releaseReservation", "{\"quantity\":1}")),
                        new Ending("available", "9")),
                new SampleStory(
                        "PrepTask",
                        "{\"portionsPlanned\":4}",
                        List.of(
                                new Step("claim", "{\"assignee\":\"carl\"}"),
                                new Step("start", "{}"),
                                new Step("recordProgress", "{\"portionsDone\":2}"),
                                new Step("complete", "{}")),
                        new Ending("percentComplete", "100")),
                new SampleStory(
                        "Station",
                        "{\"capacity\":2}",
                        List.of(
                                new Step("assignTask", "{\"taskId\":\"t1\"}"),
                                new Step("assignTask", "{\"taskId\":\"t2\"}"),
                                new Step("finishTask", "{\"taskId\":\"t1\"}")),
                        new Ending("freePlaces", "1")));
    }

    @Override
    public String toString() {
        return entity;
    }
}
