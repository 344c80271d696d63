package dev.forebay.understore;

import dev.forebay.base.Clock;
import dev.forebay.base.Disk;
import dev.forebay.base.LocalFolder;
import dev.forebay.base.Name;
import dev.forebay.base.Randomness;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Files in the making of mounted folders: {@code .forebay-} and 32 hexadecimal digits, beside where
 * the file will be, since only there a rename is sure to be one step. They are never listed. One
 * that a crash left is deleted when somebody lists the directory and nobody has written to it for a
 * day; a day, because another node may be writing into the same folder.
 */
final class LocalDrafts {
    private static final Logger LOG = LoggerFactory.getLogger(LocalDrafts.class);
    private static final String PREFIX = ".forebay-";
    private static final int RANDOM_LENGTH = 16;
    private static final Pattern FORM = Pattern.compile("\\.forebay-[0-9a-f]{32}");
    private static final Duration AGE_MAX = Duration.ofHours(24);

    private final Disk disk;
    private final Clock clock;
    private final Randomness randomness;

    LocalDrafts(Disk disk, Clock clock, Randomness randomness) {
        this.disk = disk;
        this.clock = clock;
        this.randomness = randomness;
    }

    Disk disk() {
        return disk;
    }

    static boolean isDraft(Name name) {
        return name.length() == PREFIX.length() + 2 * RANDOM_LENGTH
                && FORM.matcher(name.toString()).matches();
    }

    /** Where a file in the making may lie; there is none of this name yet. */
    Path inside(Path directory) {
        return directory.resolve(
                PREFIX + HexFormat.of().formatHex(randomness.bytes(RANDOM_LENGTH)));
    }

    /**
     * Deletes the drafts of a directory that has nothing else, and is to be deleted: whoever writes
     * one of them writes into a directory that is no more.
     */
    void clear(Path directory) throws IOException {
        List<String> names = disk.list(directory);
        if (names.stream().allMatch(name -> FORM.matcher(name).matches())) {
            for (String name : names) {
                disk.delete(directory.resolve(name));
            }
        }
    }

    /** Deletes a draft found in a directory when nobody can still be writing it. */
    void sweep(Path directory, LocalFolder.Child draft) {
        long modified = TimeUnit.NANOSECONDS.toMillis(draft.attributes().modifiedNanos());
        if (clock.millis() - modified < AGE_MAX.toMillis()) {
            return;
        }
        Path path = LocalFolder.child(directory, draft.name());
        try {
            disk.delete(path);
            LOG.info("deleted a file that was never completed path={}", path);
        } catch (IOException e) {
            LOG.warn("cannot delete a file that was never completed path={}", path, e);
        }
    }
}
