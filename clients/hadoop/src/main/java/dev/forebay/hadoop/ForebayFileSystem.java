package dev.forebay.hadoop;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;

import java.io.IOException;
import java.net.URI;

/**
 * Hadoop's {@code FileSystem} for {@code forebay://host} with {@code :port} of the admin listener
 * when it is not 8900. Safe for use by many threads.
 *
 * <p>It is Hadoop's client of HDFS, pointed at the node's HDFS gateway, whose settings, errors and
 * tokens it has, and paths that begin with {@code forebay://}. Files that the node has in memory,
 * on the same machine and for the same user, are read where they lie.
 */
public class ForebayFileSystem extends DistributedFileSystem {
    /** The scheme. */
    public static final String SCHEME = "forebay";

    private final SharedReads reads = new SharedReads();
    private URI address = URI.create(SCHEME + ":///");
    private SharedOpening opening = SharedOpening.never();

    /** For Hadoop, which calls {@link #initialize} next. */
    public ForebayFileSystem() {}

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public URI getUri() {
        return address;
    }

    @Override
    protected int getDefaultPort() {
        return NodeCalls.PORT;
    }

    @Override
    protected URI canonicalizeUri(URI uri) {
        return uri.getHost() == null || uri.getPort() >= 0
                ? uri
                : URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + NodeCalls.PORT);
    }

    /**
     * Finds the node's gateways.
     *
     * @throws IOException when no node answers there, or it has its HDFS gateway turned off
     */
    @Override
    public void initialize(URI uri, Configuration configuration) throws IOException {
        if (uri.getHost() == null) {
            throw new IOException("not a node, forebay://host[:port]: " + uri);
        }
        this.address = URI.create(SCHEME + "://" + uri.getAuthority());
        int port = uri.getPort() < 0 ? NodeCalls.PORT : uri.getPort();
        NodeCalls calls = new NodeCalls(uri.getHost(), port);
        super.initialize(calls.places().hdfs(), configuration);
        this.opening = SharedOpening.of(calls, configuration);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferLength) throws IOException {
        FSDataInputStream plain = super.open(path, bufferLength);
        if (!(plain instanceof HdfsDataInputStream file)) {
            return plain;
        }
        String name = makeQualified(path).toUri().getPath();
        return opening.open(name, file).map(blocks -> shared(blocks, file)).orElse(plain);
    }

    private FSDataInputStream shared(SharedBlocks blocks, HdfsDataInputStream file) {
        reads.open();
        return new FSDataInputStream(new SharedInputStream(blocks, file, reads, statistics));
    }

    @Override
    public Path getEnclosingRoot(Path path) throws IOException {
        return makeQualified(super.getEnclosingRoot(path));
    }

    /** What was read from shared memory. */
    public SharedReads sharedReads() {
        return reads;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            opening.close();
        }
    }
}
