package dev.forebay.understore.hadoop.inside;

import dev.forebay.base.Clock;
import dev.forebay.base.Randomness;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Files in the making: {@code .forebay-} and 32 hexadecimal digits, beside where the file will be.
 * They are never listed. One that a crash left is deleted when somebody lists the directory and it
 * is a day old, unless it is being written by this mount; a day, because another node may be
 * writing to the same place. HDFS does not say when a file under construction was last written to,
 * so that another node has a day for one file.
 */
final class HadoopDrafts {
    private static final Logger LOG = LoggerFactory.getLogger(HadoopDrafts.class);
    private static final String PREFIX = ".forebay-";
    private static final int RANDOM_LENGTH = 16;
    private static final Pattern FORM = Pattern.compile("\\.forebay-[0-9a-f]{32}");
    private static final Duration AGE_MAX = Duration.ofHours(24);

    private final FileSystem place;
    private final Clock clock;
    private final Randomness randomness;
    private final Set<Path> live = ConcurrentHashMap.newKeySet();

    HadoopDrafts(FileSystem place, Clock clock, Randomness randomness) {
        this.place = place;
        this.clock = clock;
        this.randomness = randomness;
    }

    FileSystem place() {
        return place;
    }

    static boolean isDraft(String name) {
        return FORM.matcher(name).matches();
    }

    /** A name that nobody has, kept from being swept until it is ended. */
    Path begin(Path directory) {
        String name = PREFIX + HexFormat.of().formatHex(randomness.bytes(RANDOM_LENGTH));
        Path draft = HadoopPaths.child(directory, name);
        live.add(draft);
        return draft;
    }

    /** To be called once a draft has its name or is deleted. */
    void end(Path draft) {
        live.remove(draft);
    }

    /** Deletes a draft; what cannot be deleted is left to be swept. */
    void delete(Path draft) {
        try {
            place.delete(draft, false);
        } catch (IOException e) {
            LOG.warn("cannot delete a file in the making path={}", draft, e);
        }
    }

    /** Deletes a draft found in a directory when nobody can still be writing it. */
    void sweep(FileStatus draft) {
        boolean old = clock.millis() - draft.getModificationTime() >= AGE_MAX.toMillis();
        if (old && !live.contains(draft.getPath())) {
            delete(draft.getPath());
            LOG.info("deleted a file that was never completed path={}", draft.getPath());
        }
    }
}
