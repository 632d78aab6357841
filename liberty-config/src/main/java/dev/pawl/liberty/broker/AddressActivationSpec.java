package dev.pawl.liberty.broker;

import org.apache.activemq.artemis.ra.inflow.ActiveMQActivationSpec;

/**
 * What a message-driven bean listens to, named by the broker's address. The parent's property
 * {@code destination} would do, but the server reads that name as a reference to one of its own
 * elements and passes on something else than the address.
 */
public class AddressActivationSpec extends ActiveMQActivationSpec {

    private static final long serialVersionUID = 1L;

    public AddressActivationSpec() {
        setUseJNDI(false);
    }

    /** Listens to this address. */
    public void setAddress(String address) {
        setDestination(address);
    }

    public String getAddress() {
        return getDestination();
    }
}
