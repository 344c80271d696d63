package dev.forebay.understore.hadoop.inside;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.error.Invalid;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DFSUtilClient;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Paths below a mount as Hadoop has them: text, with the file system in front. */
final class HadoopPaths {
    private final URI place;
    private final boolean hdfs;
    private final FilePath folder;

    /**
     * Creates the paths of one mount.
     *
     * @param folder mounted of the file system
     */
    HadoopPaths(FileSystem place, FilePath folder) {
        this.place = place.getUri();
        this.hdfs = place instanceof DistributedFileSystem || place instanceof WebHdfsFileSystem;
        this.folder = folder;
    }

    /**
     * The path there.
     *
     * @throws Invalid when a name is not UTF-8, or one that HDFS has no place for
     */
    Path of(FilePath path) {
        StringBuilder text = new StringBuilder();
        for (Name name : folder.resolve(path).names()) {
            text.append('/').append(text(name, path));
        }
        // WebHDFS would say so only once the file is written
        if (hdfs && !text.isEmpty() && !DFSUtilClient.isValidName(text.toString())) {
            throw new Invalid("HDFS cannot hold such a name", path);
        }
        // not from one text, of which Hadoop would take what is before a colon for a scheme
        return new Path(
                place.getScheme(),
                place.getAuthority(),
                text.isEmpty() ? Path.SEPARATOR : text.toString());
    }

    static Path child(Path directory, String name) {
        URI uri = directory.toUri();
        String parent = directory.isRoot() ? "" : uri.getPath();
        return new Path(uri.getScheme(), uri.getAuthority(), parent + Path.SEPARATOR + name);
    }

    /** The name here of what was listed there; empty when it is no name here. */
    static Optional<Name> name(Path path) {
        try {
            return Optional.of(Name.of(path.getName().getBytes(StandardCharsets.UTF_8)));
        } catch (Invalid e) {
            return Optional.empty();
        }
    }

    private static String text(Name name, FilePath path) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Invalid("names are UTF-8 there and this one is not", path, e);
        }
    }
}
