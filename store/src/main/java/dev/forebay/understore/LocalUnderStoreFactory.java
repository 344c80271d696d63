package dev.forebay.understore;

import dev.forebay.base.Clock;
import dev.forebay.base.Disk;
import dev.forebay.base.FilePath;
import dev.forebay.base.LocalFolder;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Set;

/**
 * Mounts folders of this machine: {@code /folder}, {@code file:/folder} and {@code file:///folder}.
 * The path is taken as it is written, without percent-decoding. There are no properties.
 */
public final class LocalUnderStoreFactory implements UnderStoreFactory {
    private final LocalRoots allowed;
    private final Disk disk;
    private final Clock clock;
    private final Randomness randomness;

    /**
     * Creates the factory.
     *
     * @param allowed which folders may be mounted
     * @param disk of the machine itself
     * @param randomness for names of files in the making; safe for use by many threads
     */
    public LocalUnderStoreFactory(
            LocalRoots allowed, Disk disk, Clock clock, Randomness randomness) {
        this.allowed = allowed;
        this.disk = disk;
        this.clock = clock;
        this.randomness = randomness;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("", "file");
    }

    @Override
    public UnderStore open(String uri, Map<String, String> properties) {
        FilePath path = FilePath.parse(path(uri));
        try {
            LocalFolder folder = LocalFolder.open(path);
            allowed.check(folder, uri);
            LocalUnderStore store =
                    new LocalUnderStore(uri, folder, new LocalDrafts(disk, clock, randomness));
            store.sweep();
            return store;
        } catch (NoSuchFileException e) {
            throw new Invalid("folder does not exist", uri, e);
        } catch (NotDirectoryException e) {
            throw new Invalid("not a folder", uri, e);
        } catch (IOException e) {
            throw LocalErrors.of(e, uri);
        }
    }

    private static String path(String uri) {
        String path = uri;
        if (uri.startsWith("file:")) {
            path = uri.substring("file:".length());
            if (path.startsWith("//")) {
                path = path.substring(2);
            }
        }
        if (!path.startsWith("/")) {
            throw new Invalid("local folder is not an absolute path", uri);
        }
        return path;
    }
}
