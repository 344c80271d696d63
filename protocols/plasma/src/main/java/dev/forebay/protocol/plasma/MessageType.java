package dev.forebay.protocol.plasma;

import java.util.Optional;

/** What a message is. The numbers are those of plasma.fbs, MessageType. */
public enum MessageType {
    DISCONNECT(0),
    CREATE_REQUEST(1),
    CREATE_REPLY(2),
    CREATE_AND_SEAL_REQUEST(3),
    CREATE_AND_SEAL_REPLY(4),
    ABORT_REQUEST(5),
    ABORT_REPLY(6),
    SEAL_REQUEST(7),
    SEAL_REPLY(8),
    GET_REQUEST(9),
    GET_REPLY(10),
    RELEASE_REQUEST(11),
    RELEASE_REPLY(12),
    DELETE_REQUEST(13),
    DELETE_REPLY(14),
    CONTAINS_REQUEST(15),
    CONTAINS_REPLY(16),
    LIST_REQUEST(17),
    LIST_REPLY(18),
    CONNECT_REQUEST(19),
    CONNECT_REPLY(20),
    EVICT_REQUEST(21),
    EVICT_REPLY(22),
    SUBSCRIBE_REQUEST(23),
    UNSUBSCRIBE_REQUEST(24),
    DATA_REQUEST(25),
    DATA_REPLY(26),
    NOTIFICATION(27),
    SET_OPTIONS_REQUEST(28),
    SET_OPTIONS_REPLY(29),
    GET_DEBUG_STRING_REQUEST(30),
    GET_DEBUG_STRING_REPLY(31),
    CREATE_AND_SEAL_BATCH_REQUEST(32),
    CREATE_AND_SEAL_BATCH_REPLY(33),
    REFRESH_LRU_REQUEST(34),
    REFRESH_LRU_REPLY(35);

    /** By number, which is why the constants are in that order. */
    private static final MessageType[] ALL = values();

    private final long number;

    MessageType(long number) {
        this.number = number;
    }

    /** The type with this number on the wire; empty when there is none. */
    static Optional<MessageType> find(long number) {
        return number >= 0 && number < ALL.length
                ? Optional.of(ALL[(int) number])
                : Optional.empty();
    }

    /** The number on the wire. */
    long number() {
        return number;
    }
}
