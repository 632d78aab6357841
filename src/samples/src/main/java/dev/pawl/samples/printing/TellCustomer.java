package dev.pawl.samples.printing;

import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.samples.printing.PrintShop.Parcel;

/** Writes what the customer reads. */
final class TellCustomer implements Stage<Parcel, TellCustomer.Note> {

    /** What the customer reads. */
    record Note(String text) {}

    @Override
    public Note execute(StageContext context, Parcel parcel) {
        return new Note(parcel.sheets() + " sheets wait for you on " + parcel.shelf());
    }
}
