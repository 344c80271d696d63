package dev.forebay.understore.hadoop.inside;

import dev.forebay.base.Clock;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.Unsupported;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderStoreFactory;

import org.apache.hadoop.fs.FileSystem;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;

/**
 * Opens file systems of Hadoop. Found by its name and made through its constructor, the only thing
 * that the outside knows of it.
 */
public final class HadoopPlaces implements UnderStoreFactory {
    private final Clock clock;
    private final Randomness randomness;
    private final Check check;

    /** Looks at a file system before it is used. */
    interface Check {
        void check(FileSystem place, Object subject);
    }

    /**
     * Creates the factory.
     *
     * @param randomness for names of files in the making; safe for use by many threads
     */
    public HadoopPlaces(Clock clock, Randomness randomness) {
        this(clock, randomness, LocalRefusal::check);
    }

    HadoopPlaces(Clock clock, Randomness randomness, Check check) {
        this.clock = clock;
        this.randomness = randomness;
        this.check = check;
        ShadedMediaTypes.installWhereMissing();
    }

    /** None: the outside knows which it sends here. */
    @Override
    public Set<String> schemes() {
        return Set.of();
    }

    @Override
    public UnderStore open(String uri, Map<String, String> properties) {
        MountUri source = MountUri.parse(uri);
        FileSystem place = HadoopCalls.attempt(uri, () -> connect(source, properties));
        boolean there = false;
        try {
            HadoopCalls.attempt(uri, () -> check.check(place, uri));
            HadoopDrafts drafts = new HadoopDrafts(place, clock, randomness);
            HadoopUnderStore store = new HadoopUnderStore(uri, drafts, source.folder());
            store.check();
            there = true;
            return store;
        } finally {
            if (!there) {
                HadoopCalls.attempt(uri, place::close);
            }
        }
    }

    private static FileSystem connect(MountUri source, Map<String, String> properties)
            throws IOException, InterruptedException {
        HadoopSettings settings = HadoopSettings.parse(properties);
        try {
            // never the shared one of Hadoop's cache: it is closed with the mount
            return settings.user().isPresent()
                    ? FileSystem.newInstance(
                            source.place(), settings.configuration(), settings.user().get())
                    : FileSystem.newInstance(source.place(), settings.configuration());
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof UnknownHostException) {
                throw e;
            }
            // without the cause, whose text may quote a value
            throw new Invalid(
                    "Hadoop takes a property of the mount for wrong", source.place().getScheme());
        } catch (RuntimeException e) {
            // of no narrower type in Hadoop
            if (e.getCause() instanceof ClassNotFoundException) {
                throw new Unsupported(
                        "jars for this scheme are missing in mounts.hadoop.class-path",
                        source.place().getScheme(),
                        e);
            }
            throw e;
        }
    }
}
