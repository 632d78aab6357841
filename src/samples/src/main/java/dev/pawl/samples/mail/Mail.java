package dev.pawl.samples.mail;

import java.lang.System.Logger.Level;

/** How mail leaves the house. */
@FunctionalInterface
public interface Mail {

    /** @param key a mail that comes twice under one key, because a crash cut off the first attempt, is sent once */
    void send(String to, String text, String key);

    /** Mail that nobody gets but the server's log. */
    static Mail toLog() {
        System.Logger log = System.getLogger(Mail.class.getName());
        return (to, text, key) -> log.log(Level.INFO, "Mail to {0}: {1} ({2})", to, text, key);
    }
}
