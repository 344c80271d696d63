package dev.forebay.tokens;

import dev.forebay.base.RecordReader;
import dev.forebay.base.RecordWriter;
import dev.forebay.meta.Space;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What is stored of tokens; numbers in keys are big-endian.
 *
 * <pre>
 * space       key            value
 * token       sequence 4     identifier, good until
 * token_key   key id 4       secret, made at, needed until
 * token_seq   empty          last sequence 4
 * </pre>
 *
 * <p>Described for operators in {@code docs/formats/tokens.md}.
 */
public final class TokenSpaces {
    static final Space TOKEN = Space.of("token", 0);
    static final Space KEY = Space.of("token_key", 0);
    static final Space SEQUENCE = Space.of("token_seq", 0);
    static final byte[] ONLY = new byte[0];

    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int THIRD = 3;

    private TokenSpaces() {}

    /** Every space, for opening a metadata store. */
    public static List<Space> all() {
        return List.of(TOKEN, KEY, SEQUENCE);
    }

    static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    static int number(byte[] key) {
        return ByteBuffer.wrap(key).getInt();
    }

    /** A row of {@link #TOKEN}. */
    static final class Row {
        private final byte[] identifier;
        private final long untilMillis;

        Row(byte[] identifier, long untilMillis) {
            this.identifier = identifier;
            this.untilMillis = untilMillis;
        }

        byte[] identifier() {
            return identifier;
        }

        /** When it is good no more, unless renewed. */
        long untilMillis() {
            return untilMillis;
        }

        byte[] encode() {
            return new RecordWriter()
                    .bytes(FIRST, identifier)
                    .number(SECOND, untilMillis)
                    .toBytes();
        }

        static Row decode(byte[] bytes) {
            byte[] identifier = new byte[0];
            long until = 0;
            RecordReader reader = new RecordReader(bytes);
            for (int field = reader.next(); field != 0; field = reader.next()) {
                switch (field) {
                    case FIRST -> identifier = reader.bytes();
                    case SECOND -> until = reader.number();
                    default -> {}
                }
            }
            return new Row(identifier, until);
        }
    }

    /** A row of {@link #KEY}. */
    static final class Key {
        private final byte[] secret;
        private final long madeMillis;
        private final long untilMillis;

        Key(byte[] secret, long madeMillis, long untilMillis) {
            this.secret = secret;
            this.madeMillis = madeMillis;
            this.untilMillis = untilMillis;
        }

        byte[] secret() {
            return secret;
        }

        long madeMillis() {
            return madeMillis;
        }

        /** When no token that was made with it can be good any more. */
        long untilMillis() {
            return untilMillis;
        }

        byte[] encode() {
            return new RecordWriter()
                    .bytes(FIRST, secret)
                    .number(SECOND, madeMillis)
                    .number(THIRD, untilMillis)
                    .toBytes();
        }

        static Key decode(byte[] bytes) {
            byte[] secret = new byte[0];
            long made = 0;
            long until = 0;
            RecordReader reader = new RecordReader(bytes);
            for (int field = reader.next(); field != 0; field = reader.next()) {
                switch (field) {
                    case FIRST -> secret = reader.bytes();
                    case SECOND -> made = reader.number();
                    case THIRD -> until = reader.number();
                    default -> {}
                }
            }
            return new Key(secret, made, until);
        }
    }
}
