package dev.forebay.files;

import dev.forebay.base.RecordReader;
import dev.forebay.base.RecordWriter;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.QuotaExceeded;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one directory may hold, and what it holds; {@code docs/formats/namespace.md} lists the
 * fields.
 */
record QuotaRow(Quota quota, QuotaUsage used) {
    private static final int NAMES_PLUS_ONE = 1;
    private static final int SPACE_PLUS_ONE = 2;
    private static final int NAMES_USED = 3;
    private static final int SPACE_USED = 4;
    private static final int TYPE = 5;

    private static final int TYPE_CODE = 1;
    private static final int TYPE_PLUS_ONE = 2;
    private static final int TYPE_USED = 3;

    /** The code of a type is its index in this list; never reorder. */
    private static final List<StorageType> CODES =
            List.of(
                    StorageType.DISK,
                    StorageType.SSD,
                    StorageType.ARCHIVE,
                    StorageType.PROVIDED,
                    StorageType.NVDIMM);

    byte[] encode() {
        RecordWriter writer =
                new RecordWriter()
                        .number(NAMES_PLUS_ONE, quota.names() + 1)
                        .number(SPACE_PLUS_ONE, quota.space() + 1)
                        .signed(NAMES_USED, used.names())
                        .signed(SPACE_USED, used.space());
        for (StorageType type : CODES) {
            if (quota.of(type) >= 0 || used.of(type) != 0) {
                writer.element(TYPE, encode(type));
            }
        }
        return writer.toBytes();
    }

    private byte[] encode(StorageType type) {
        return new RecordWriter()
                .number(TYPE_CODE, CODES.indexOf(type))
                .number(TYPE_PLUS_ONE, quota.of(type) + 1)
                .signed(TYPE_USED, used.of(type))
                .toBytes();
    }

    static QuotaRow decode(byte[] bytes) {
        long[] numbers = new long[SPACE_USED + 1];
        Map<StorageType, Long> limits = new EnumMap<>(StorageType.class);
        Map<StorageType, Long> used = new EnumMap<>(StorageType.class);
        RecordReader reader = new RecordReader(bytes);
        for (int field = reader.next(); field != 0; field = reader.next()) {
            if (field == NAMES_USED || field == SPACE_USED) {
                numbers[field] = reader.signed();
            } else if (field == TYPE) {
                decodeType(reader.bytes(), limits, used);
            } else if (field < numbers.length) {
                numbers[field] = reader.number();
            }
        }
        return new QuotaRow(
                new Quota(numbers[NAMES_PLUS_ONE] - 1, numbers[SPACE_PLUS_ONE] - 1, limits),
                new QuotaUsage(numbers[NAMES_USED], numbers[SPACE_USED], used));
    }

    private static void decodeType(
            byte[] bytes, Map<StorageType, Long> limits, Map<StorageType, Long> used) {
        long code = 0;
        long limitPlusOne = 0;
        long count = 0;
        RecordReader reader = new RecordReader(bytes);
        for (int field = reader.next(); field != 0; field = reader.next()) {
            switch (field) {
                case TYPE_CODE -> code = reader.number();
                case TYPE_PLUS_ONE -> limitPlusOne = reader.number();
                case TYPE_USED -> count = reader.signed();
                default -> {}
            }
        }
        if (code < 0 || code >= CODES.size()) {
            throw new Corrupt("quota record names an unknown storage type", code);
        }
        limits.put(CODES.get((int) code), limitPlusOne - 1);
        used.put(CODES.get((int) code), count);
    }

    /**
     * Requires room.
     *
     * @param holder the directory, as people know it
     * @throws QuotaExceeded when more of anything than before would be over its limit
     */
    void requireRoom(QuotaUsage more, Object holder) {
        if (exceeds(used.names(), more.names(), quota.names())) {
            throw new QuotaExceeded(
                    "the quota of files and directories is exceeded",
                    new QuotaExceeded.Excess(
                            QuotaExceeded.Kind.NAMES,
                            holder.toString(),
                            quota.names(),
                            used.names() + more.names()));
        }
        if (exceeds(used.space(), more.space(), quota.space())) {
            throw new QuotaExceeded(
                    "the quota of space is exceeded",
                    new QuotaExceeded.Excess(
                            QuotaExceeded.Kind.SPACE,
                            holder.toString(),
                            quota.space(),
                            used.space() + more.space()));
        }
        for (StorageType type : StorageType.values()) {
            if (exceeds(used.of(type), more.of(type), quota.of(type))) {
                throw new QuotaExceeded(
                        "the quota of a storage type is exceeded",
                        new QuotaExceeded.Excess(
                                QuotaExceeded.Kind.STORAGE_TYPE,
                                holder.toString(),
                                quota.of(type),
                                used.of(type) + more.of(type)),
                        type.name());
            }
        }
    }

    private static boolean exceeds(long used, long more, long limit) {
        return more > 0 && limit >= 0 && used + more > limit;
    }
}
