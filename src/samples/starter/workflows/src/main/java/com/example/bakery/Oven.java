package com.example.bakery;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;

/** The oven in the back room. */
@ApplicationScoped
public class Oven {

    private static final System.Logger LOG = System.getLogger(Oven.class.getName());

    /** @param key loaves that are put in twice under one key are in the oven once */
    public void putIn(int loaves, String key) {
        LOG.log(Level.INFO, "{0} loaves are in the oven ({1})", loaves, key);
    }
}
