package dev.pawl.jms.contract;

/** Names of JMS properties. */
public final class MessageProperties {

    /** On a command: the same key is applied once; absent, the message's id is the key. */
    public static final String IDEMPOTENCY_KEY = "idempotencyKey";

    /** On a dead letter: why the command could not be applied, its code first. */
    public static final String REASON = "reason";

    /** On a dead letter: the id the message had. */
    public static final String ORIGINAL_MESSAGE_ID = "originalMessageId";

    /** How often the broker has delivered the message, this time included. */
    public static final String DELIVERY_COUNT = "JMSXDeliveryCount";

    /** What the name of every property begins with that is an attribute of a CloudEvent. */
    public static final String CE_PREFIX = "ce_";

    public static final String CE_SPECVERSION = "ce_specversion";
    public static final String CE_TYPE = "ce_type";
    public static final String CE_ID = "ce_id";
    public static final String CE_SOURCE = "ce_source";
    public static final String CE_SUBJECT = "ce_subject";
    public static final String CE_TIME = "ce_time";
    public static final String CE_DATACONTENTTYPE = "ce_datacontenttype";
    public static final String CE_CORRELATIONID = "ce_correlationid";
    public static final String CE_CAUSATIONID = "ce_causationid";
    public static final String CE_SEQUENCE = "ce_sequence";

    /** On events of a run that was created within a distributed trace, as is the following one. */
    public static final String CE_TRACEPARENT = "ce_traceparent";

    public static final String CE_TRACESTATE = "ce_tracestate";

    /** On a command: the trace it belongs to, by W3C Trace Context, as is the following one. */
    public static final String TRACEPARENT = "traceparent";

    public static final String TRACESTATE = "tracestate";

    /** On events of entity commands alone, as are the following ones. */
    public static final String CE_ENTITY = "ce_entity";

    public static final String CE_COMMAND = "ce_command";
    public static final String CE_CHANNEL = "ce_channel";
    public static final String CE_EMITINDEX = "ce_emitindex";

    private MessageProperties() {}
}
