package com.example.bakery;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;

/** The oven in the back room. */
@ApplicationScoped
public class Oven {

    private static final System.Logger LOG = System.getLogger(Oven.class.getName());

    /** @param key a cake that is put in twice under one key is in the oven once */
    public void putIn(String cake, String key) {
        LOG.log(Level.INFO, "{0} is in the oven ({1})", cake, key);
    }

    public String takeOut(String cake) {
        return cake + ", golden brown";
    }
}
