package dev.forebay.protocol.plasma;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.forebay.base.ObjectId;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/** Recorded bodies of messages, and what they say. */
final class Golden {
    static final ObjectId A = counting(0xa0);
    static final ObjectId B = counting(0xc0);
    static final ObjectId C = new ObjectId(0, 0, 0);

    private static final Properties RECORDED = load();

    private Golden() {}

    /** A recorded body and the type that its header gives. */
    record Message(MessageType type, String name) {
        byte[] body() {
            return bytes(name);
        }
    }

    static final List<Message> REQUESTS =
            List.of(
                    message(MessageType.CONNECT_REQUEST, "EMPTY"),
                    message(MessageType.LIST_REQUEST, "EMPTY"),
                    message(MessageType.GET_DEBUG_STRING_REQUEST, "EMPTY"),
                    message(MessageType.SUBSCRIBE_REQUEST, "EMPTY"),
                    message(MessageType.CREATE_REQUEST, "CREATE_REQUEST"),
                    message(MessageType.SEAL_REQUEST, "SEAL_REQUEST"),
                    message(MessageType.GET_REQUEST, "GET_REQUEST"),
                    message(MessageType.CONTAINS_REQUEST, "ID_REQUEST"),
                    message(MessageType.RELEASE_REQUEST, "ID_REQUEST"),
                    message(MessageType.ABORT_REQUEST, "ID_REQUEST"),
                    message(MessageType.EVICT_REQUEST, "EVICT_REPLY"),
                    message(MessageType.CREATE_AND_SEAL_REQUEST, "CREATE_AND_SEAL_REQUEST"));

    static final List<Message> REPLIES =
            List.of(
                    message(MessageType.CONNECT_REPLY, "CONNECT_REPLY"),
                    message(MessageType.CREATE_REPLY, "CREATE_REPLY"),
                    message(MessageType.CREATE_REPLY, "CREATE_REPLY_EXISTS"),
                    message(MessageType.CREATE_AND_SEAL_REPLY, "EMPTY"),
                    message(MessageType.CREATE_AND_SEAL_BATCH_REPLY, "EMPTY"),
                    message(MessageType.SET_OPTIONS_REPLY, "EMPTY"),
                    message(MessageType.REFRESH_LRU_REPLY, "EMPTY"),
                    message(MessageType.SEAL_REPLY, "SEAL_REPLY"),
                    message(MessageType.GET_REPLY, "GET_REPLY"),
                    message(MessageType.CONTAINS_REPLY, "CONTAINS_REPLY_YES"),
                    message(MessageType.CONTAINS_REPLY, "CONTAINS_REPLY_NO"),
                    message(MessageType.DELETE_REPLY, "DELETE_REPLY"),
                    message(MessageType.LIST_REPLY, "NOTIFICATION_SEALED"),
                    message(MessageType.LIST_REPLY, "NOTIFICATION_GONE"),
                    message(MessageType.EVICT_REPLY, "EVICT_REPLY"));

    private static Message message(MessageType type, String name) {
        return new Message(type, name);
    }

    static byte[] bytes(String name) {
        return HexFormat.of().parseHex(RECORDED.getProperty(name));
    }

    /** In native memory, as a stream has it. */
    static MemorySegment segment(byte[] bytes) {
        return Arena.ofAuto().allocateFrom(JAVA_BYTE, bytes);
    }

    static MemorySegment segment(String name) {
        return segment(bytes(name));
    }

    private static ObjectId counting(int first) {
        byte[] bytes = new byte[ObjectId.LENGTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return ObjectId.of(bytes);
    }

    private static Properties load() {
        Properties recorded = new Properties();
        try (InputStream input = Golden.class.getResourceAsStream("golden.properties")) {
            recorded.load(input);
            return recorded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
