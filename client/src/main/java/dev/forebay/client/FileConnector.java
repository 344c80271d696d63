package dev.forebay.client;

import java.util.Set;

/**
 * Makes clients for wires that need jars of their own. Looked up by {@link java.util.ServiceLoader}
 * when one of its schemes is asked for, first with the context class loader of the thread.
 */
public interface FileConnector {
    /** The schemes of URIs that it serves. */
    Set<String> schemes();

    /**
     * A client.
     *
     * @param uri of one of the schemes, without a path
     * @throws FilesException.InvalidArgument when the address or the options make no sense
     */
    FileClient connect(String uri, ConnectOptions options);
}
