package dev.pawl.samples.parcels;

import java.lang.System.Logger.Level;

/** Brings parcels and pays for those it loses. A call that comes twice under one key has its effect once. */
public interface Carrier {

    void collect(String parcel, String key);

    void claimDamages(String parcel, String key);

    /** A carrier that only the server's log hears of. */
    static Carrier inLog() {
        System.Logger log = System.getLogger(Carrier.class.getName());
        return new Carrier() {
            @Override
            public void collect(String parcel, String key) {
                log.log(Level.INFO, "Collected {0} ({1})", parcel, key);
            }

            @Override
            public void claimDamages(String parcel, String key) {
                log.log(Level.INFO, "Claimed damages for {0} ({1})", parcel, key);
            }
        };
    }
}
