package dev.forebay.contract;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.contract.AbstractFSContract;

import java.io.IOException;
import java.net.URI;

/** What a node promises under one scheme: the options of a file, and where the node is. */
final class NodeContract extends AbstractFSContract {
    private final URI address;

    /**
     * Creates the contract.
     *
     * @param address of the gateway; its scheme names the file {@code contract/SCHEME.xml}
     */
    NodeContract(Configuration configuration, URI address) {
        super(configuration);
        this.address = address;
        addConfResource("contract/" + address.getScheme() + ".xml");
    }

    @Override
    public FileSystem getTestFileSystem() throws IOException {
        return FileSystem.get(address, getConf());
    }

    @Override
    public String getScheme() {
        return address.getScheme();
    }

    @Override
    public Path getTestPath() {
        return new Path("/test");
    }
}
