package dev.pawl.samples.payment;

/** A till and a printer of tickets. A call that comes twice under one key has its effect once. */
public interface BoxOffice {

    /** Blocks an amount on a card. */
    void hold(String sale, String card, long cents, String key);

    /** Frees what is blocked for a sale, if anything is. */
    void release(String sale, String key);

    /** Takes what is blocked for a sale. */
    void capture(String sale, String key);

    /** Gives back what was taken for a sale, if anything was. */
    void refund(String sale, String key);

    /** Prints the ticket and answers its seat. */
    String print(String sale, String show, String key);
}
