package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.ConformanceSuite;
import dev.pawl.manifest.runtime.port.EntityEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sample programs behave as they are described. */
@Tag("M-02")
class SampleProgramsTest {
    @Test
    void anOrderIsPlacedReservedPaidAndFulfilled() throws IOException {
        RuntimeFixture orders = sample("order");
        String id = orders.run("Order", "place", null, "{'customerId':'c1','total':20000}")
                .instance()
                .id();

        assertThat(orders.run("Order", "reserve", id, "{'reservationId':'r1'}").warnings())
                .extracting(ConstraintOutcome::code)
                .containsExactly("largeOrder");
        assertThat(orders.run("Order", "pay", id, "{'paymentReference':'p1','amount':1}")
                        .error())
                .contains("The payment must cover the order's total");
        assertThat(orders.values("Order", id))
                .containsEntry("needsPayment", true)
                .containsEntry("summary", "c1: 20000 EUR");
        ok(orders.run("Order", "pay", id, "{'paymentReference':'p1','amount':20000}"));
        ok(orders.run("Order", "fulfill", id, "{}"));
        assertThat(orders.run("Order", "cancel", id, "{}").refusal().code()).isEqualTo(RefusalCode.GUARD_FAILED);
        assertThat(orders.values("Order", id))
                .containsEntry("status", "fulfilled")
                .containsEntry("isOpen", false)
                .containsEntry("version", 4);
        assertThat(orders.entities().eventLog())
                .extracting(EntityEvent::name)
                .containsExactly("OrderPlaced", "OrderReserved", "OrderPaid", "OrderFulfilled");
    }

    @Test
    void anOpenOrderCanBeCancelledWithOrWithoutAReason() throws IOException {
        RuntimeFixture orders = sample("order");
        String id = orders.run("Order", "place", null, "{'customerId':'c1','total':5}")
                .instance()
                .id();

        assertThat(orders.run("Order", "place", id, "{'customerId':'c1','total':5}")
                        .error())
                .contains("Invalid state transition for 'status': 'placed' -> 'placed' is not allowed. Allowed from"
                        + " 'placed': ['reserved', 'cancelled']");
        CommandResult cancelled = orders.run("Order", "cancel", id, "{}");

        assertThat(cancelled.emittedEvents().get(0).payload().get("reason").asText())
                .isEqualTo("no reason given");
    }

    @Test
    void anInvoiceIsGeneratedMarkedAndSentToAKnownRecipient() throws IOException {
        RuntimeFixture invoices = sample("invoice");
        String id = invoices.run("Invoice", "generate", null, "{'orderId':'o1','amount':12.5}")
                .instance()
                .id();

        assertThat(invoices.run("Invoice", "generate", null, "{'orderId':'o1','amount':0}")
                        .error())
                .contains("An invoice is about a positive amount");
        ok(invoices.run("Invoice", "markGenerated", id, "{'documentUrl':'https://x/1.pdf'}"));
        assertThat(invoices.run("Invoice", "send", id, "{}").error())
                .contains("An invoice without a recipient cannot be sent");

        String known = invoices.run("Invoice", "generate", null, "{'orderId':'o2','amount':7,'recipient':'a@x'}")
                .instance()
                .id();
        assertThat(invoices.run("Invoice", "send", known, "{}").refusal().code())
                .isEqualTo(RefusalCode.GUARD_FAILED);
        ok(invoices.run("Invoice", "markGenerated", known, "{'documentUrl':'file:/tmp/2.pdf'}"));
        assertThat(invoices.values("Invoice", known)).containsEntry("isSendable", true);
        assertThat(ok(invoices.run("Invoice", "send", known, "{}"))
                        .instance()
                        .properties()
                        .get("sentAt")
                        .asLong())
                .isEqualTo(Instant.parse("2026-03-01T10:00:00Z").toEpochMilli());
    }

    @Test
    void anImportShowsItsProgressAndCompletesOnlyWhenAllIsDone() throws IOException {
        RuntimeFixture imports = sample("document-import");
        String id = imports.run("DocumentImport", "start", null, "{'source':'s3'}")
                .instance()
                .id();
        ok(imports.run("DocumentImport", "beginProcessing", id, "{'totalRows':3}"));

        CommandResult progress =
                imports.run("DocumentImport", "updateProgress", id, "{'processedRows':1,'failedRows':1}");

        assertThat(progress.warnings()).extracting(ConstraintOutcome::code).containsExactly("manyFailures");
        assertThat(imports.values("DocumentImport", id))
                .containsEntry("percentComplete", 33)
                .containsEntry("remainingRows", 2);
        assertThat(imports.run("DocumentImport", "updateProgress", id, "{'processedRows':4}")
                        .error())
                .contains("More rows are processed than the document has");
        assertThat(imports.run("DocumentImport", "complete", id, "{}").error())
                .contains("Rows are still to be processed");
        ok(imports.run("DocumentImport", "updateProgress", id, "{'processedRows':3}"));
        ok(imports.run("DocumentImport", "complete", id, "{}"));
        assertThat(imports.values("DocumentImport", id)).containsEntry("isFinished", true);
        assertThat(imports.run("DocumentImport", "fail", id, "{'reason':'late'}")
                        .refusal()
                        .code())
                .isEqualTo(RefusalCode.INVALID_TRANSITION);
    }

    @Test
    void aBookingTakesTheFlightFirstAndCompensatesBoth() throws IOException {
        RuntimeFixture bookings = sample("booking-request");
        bookings.given("BookingRequest", "{'id':'b1','traveller':'Ada'}");

        assertThat(bookings.run("BookingRequest", "bookHotel", "b1", "{'hotelReference':'h1'}")
                        .error())
                .contains("The flight is booked before the hotel");
        ok(bookings.run("BookingRequest", "bookFlight", "b1", "{'flightReference':'f1'}"));
        ok(bookings.run("BookingRequest", "bookHotel", "b1", "{'hotelReference':'h1'}"));
        assertThat(bookings.values("BookingRequest", "b1"))
                .containsEntry("isComplete", true)
                .containsEntry("traveller", "Ada");
        ok(bookings.run("BookingRequest", "compensate", "b1", "{'reason':'ill'}"));
        assertThat(bookings.values("BookingRequest", "b1"))
                .containsEntry("holdsSomething", false)
                .containsEntry("flightReference", null)
                .containsEntry("status", "compensated");
    }

    @Test
    void aRecipeIsReviewedBySomebodyElseBeforeItIsPublished() throws IOException {
        RuntimeFixture recipes = sample("recipe-submission");
        CommandResult submitted = recipes.run("RecipeSubmission", "submit", null, "{'title':'Soup','author':'ada'}");
        String id = submitted.instance().id();

        assertThat(submitted.warnings()).extracting(ConstraintOutcome::code).containsExactly("fewIngredients");
        assertThat(recipes.run("RecipeSubmission", "assignReviewer", id, "{'reviewerId':'ada'}")
                        .error())
                .contains("Nobody reviews their own recipe");
        assertThat(recipes.run("RecipeSubmission", "publish", id, "{}")
                        .refusal()
                        .code())
                .isEqualTo(RefusalCode.INVALID_TRANSITION);
        ok(recipes.run("RecipeSubmission", "assignReviewer", id, "{'reviewerId':'bob'}"));
        ok(recipes.run("RecipeSubmission", "approve", id, "{'note':'good'}"));
        ok(recipes.run("RecipeSubmission", "publish", id, "{}"));
        assertThat(recipes.values("RecipeSubmission", id))
                .containsEntry("status", "published")
                .containsEntry("ingredientCount", 0);
    }

    @Test
    @Tag("M-07")
    @Tag("M-08")
    void stockBelowParWarnsAndAStockOutNeedsAManager() throws IOException {
        RuntimeFixture stock = sample("inventory-item");
        stock.given("InventoryItem", "{'id':'i1','onHand':10,'par':4}");

        assertThat(ok(stock.run("InventoryItem", "reserve", "i1", "{'quantity':7}"))
                        .warnings())
                .extracting(ConstraintOutcome::message)
                .containsExactly("Stock falls below par");
        assertThat(stock.run("InventoryItem", "reserve", "i1", "{'quantity':7}").error())
                .contains("Not enough in stock to reserve");
        assertThat(override(stock, Caller.user("c-1", "cook")).success()).isFalse();
        assertThat(override(stock, Caller.anonymous()).success()).isFalse();
        assertThat(stock.run("InventoryItem", "reserve", "i1", "{'quantity':7}", Caller.user("m-1", "manager"))
                        .success())
                .isFalse();
        CommandResult overridden = override(stock, Caller.user("m-1", "cook", "manager"));
        assertThat(overridden.emittedEvents())
                .extracting(EntityEvent::name)
                .containsExactly("OverrideApplied", "StockReserved");
        assertThat(stock.values("InventoryItem", "i1")).containsEntry("available", -4);
        ok(stock.run("InventoryItem", "restock", "i1", "{'quantity':20}"));
        ok(stock.run("InventoryItem", "consume", "i1", "{'quantity':14}"));
        assertThat(stock.run("InventoryItem", "releaseReservation", "i1", "{'quantity':1}")
                        .error())
                .contains("More is released than is reserved");
        assertThat(stock.values("InventoryItem", "i1"))
                .containsEntry("onHand", 16)
                .containsEntry("reserved", 0)
                .containsEntry("version", 5);
    }

    @Test
    void aPrepTaskGoesFromOpenToDoneAndWarnsWhenOverdue() throws IOException {
        RuntimeFixture tasks = sample("prep-task");
        long due = Instant.parse("2026-03-01T11:00:00Z").toEpochMilli();
        tasks.given("PrepTask", "{'id':'t1','title':'Onions','portionsPlanned':8,'dueAt':" + due + "}");

        assertThat(tasks.run("PrepTask", "start", "t1", "{}").error())
                .contains("Invalid state transition for 'status': 'open' -> 'in_progress' is not allowed. Allowed from"
                        + " 'open': ['claimed']");
        assertThat(ok(tasks.run("PrepTask", "claim", "t1", "{'assignee':'ada'}"))
                        .warnings())
                .isEmpty();
        ok(tasks.run("PrepTask", "release", "t1", "{}"));
        ok(tasks.run("PrepTask", "claim", "t1", "{'assignee':'bob'}"));
        ok(tasks.run("PrepTask", "start", "t1", "{}"));
        tasks.moveTo(Instant.parse("2026-03-01T12:00:00Z"));
        assertThat(ok(tasks.run("PrepTask", "recordProgress", "t1", "{'portionsDone':3}"))
                        .warnings())
                .extracting(ConstraintOutcome::message)
                .containsExactly("The task is overdue");
        assertThat(tasks.values("PrepTask", "t1")).containsEntry("percentComplete", 38);
        assertThat(tasks.run("PrepTask", "recordProgress", "t1", "{'portionsDone':9}")
                        .error())
                .contains("More portions are done than were planned");
        assertThat(ok(tasks.run("PrepTask", "complete", "t1", "{}")).warnings()).isEmpty();
        assertThat(tasks.values("PrepTask", "t1"))
                .containsEntry("percentComplete", 100)
                .containsEntry("isActive", false);
        assertThat(tasks.run("PrepTask", "release", "t1", "{}").refusal().code())
                .isEqualTo(RefusalCode.GUARD_FAILED);
    }

    @Test
    void aStationTakesTasksUpToItsCapacity() throws IOException {
        RuntimeFixture stations = sample("station");
        stations.given("Station", "{'id':'s1','capacity':2}");

        assertThat(ok(stations.run("Station", "assignTask", "s1", "{'taskId':'t1'}"))
                        .warnings())
                .hasSize(1);
        ok(stations.run("Station", "assignTask", "s1", "{'taskId':'t2'}"));
        CommandResult full = stations.run("Station", "assignTask", "s1", "{'taskId':'t3'}");

        assertThat(full.error()).contains("The station has no place for another task");
        assertThat(full.blockers()).hasSize(1);
        assertThat(stations.values("Station", "s1"))
                .containsAllEntriesOf(Map.of("activeTasks", 2, "isFull", true, "lastTaskId", "t2"));
        assertThat(stations.entities().eventLog()).hasSize(2);
    }

    private static CommandResult override(RuntimeFixture stock, Caller caller) {
        return stock.runtime()
                .execute(CommandCall.of("InventoryItem", "reserve", "i1")
                        .with(RuntimeFixture.json("{'quantity':7}"))
                        .by(caller)
                        .with(CallOptions.NONE.withOverrides(
                                List.of(new OverrideRequest("stockOut", "delivery is on its way")))));
    }

    private static CommandResult ok(CommandResult result) {
        assertThat(result.error()).isEmpty();
        return result;
    }

    private static RuntimeFixture sample(String name) throws IOException {
        Path programs = ConformanceSuite.checkout().resolve("src/samples/src/main/resources/manifests");
        return RuntimeFixture.of(Files.readString(programs.resolve(name + ".manifest")));
    }
}
