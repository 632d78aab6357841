package dev.pawl.samples.trip;

/** Books and cancels, by the customer's own number of the trip. A call that comes twice under one key has its effect once. */
public interface TravelAgency {

    /** Answers the flight's number. */
    String bookFlight(String trip, String destination, String key);

    /** Cancels the flight of a trip, if there is one. */
    void cancelFlight(String trip, String key);

    /** Answers the hotel's name. */
    String bookHotel(String trip, String destination, String key);

    /** Cancels the hotel of a trip, if there is one. */
    void cancelHotel(String trip, String key);
}
