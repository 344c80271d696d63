package dev.forebay.hadoop;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

/** Hadoop's {@code AbstractFileSystem} for {@code forebay://}, as {@code FileContext} wants it. */
public final class Forebay extends DelegateToFileSystem {
    /**
     * For Hadoop.
     *
     * @param uri {@code forebay://host[:port]}
     * @throws IOException when no node answers there
     */
    public Forebay(URI uri, Configuration configuration) throws IOException, URISyntaxException {
        super(uri, new ForebayFileSystem(), configuration, ForebayFileSystem.SCHEME, true);
    }

    @Override
    public int getUriDefaultPort() {
        return NodeCalls.PORT;
    }
}
