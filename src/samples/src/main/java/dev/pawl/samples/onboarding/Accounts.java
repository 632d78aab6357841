package dev.pawl.samples.onboarding;

import dev.pawl.samples.onboarding.CustomerOnboarding.Customer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Where accounts are opened. */
@FunctionalInterface
public interface Accounts {

    /**
     * Opens an account and answers its number.
     *
     * @param key the same key gets the same account
     */
    String open(Customer customer, String key);

    /** Accounts that are nothing but their numbers. */
    static Accounts numbered() {
        return (customer, key) ->
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
