package dev.forebay.client.hdfs;

import dev.forebay.base.Clock;
import dev.forebay.client.ConnectOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileConnector;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HAUtilClient;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.security.token.TokenIdentifier;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.PrivilegedExceptionAction;
import java.util.Set;

/** Connects to HDFS. Nothing is sent before the first call of the client. */
public final class HdfsConnector implements FileConnector {
    private static final String HDFS = "hdfs";
    private static final String WEB = "webhdfs";

    /** For {@link java.util.ServiceLoader}. */
    public HdfsConnector() {}

    @Override
    public Set<String> schemes() {
        return Set.of(HDFS, WEB);
    }

    /**
     * A client.
     *
     * @param uri {@code hdfs://host:port}, {@code hdfs://nameservice}, {@code webhdfs://host:port},
     *     or without an authority for what the configuration names
     * @throws FilesException.InvalidArgument when the configuration cannot be read, names nothing,
     *     or the token is malformed
     * @throws FilesException.NotFound when the given configuration is not there
     */
    @Override
    public FileClient connect(String uri, ConnectOptions options) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // Hadoop loads parts of itself by the loader of the thread
        Thread.currentThread().setContextClassLoader(HdfsConnector.class.getClassLoader());
        try {
            Configuration configuration =
                    new HadoopSettings(System.getenv()).configuration(options);
            return connect(
                    HadoopSettings.address(URI.create(uri), configuration), options, configuration);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static FileClient connect(
            URI address, ConnectOptions options, Configuration configuration) {
        return HdfsErrors.call(
                address.toString(),
                () -> {
                    UserGroupInformation user = user(options, configuration);
                    FileSystem files =
                            options.token().isPresent()
                                    ? open(
                                            address,
                                            user,
                                            token(options, address, configuration),
                                            configuration)
                                    : open(address, user, configuration);
                    return new HdfsFiles(files, address, options.token(), Clock.system());
                });
    }

    private static FileSystem open(
            URI address,
            UserGroupInformation user,
            Token<? extends TokenIdentifier> token,
            Configuration configuration)
            throws IOException {
        user.addToken(token);
        FileSystem files = open(address, user, configuration);
        if (files instanceof WebHdfsFileSystem web) {
            // else it would look for one only where Kerberos is configured
            web.setDelegationToken(token);
        }
        return files;
    }

    private static UserGroupInformation user(ConnectOptions options, Configuration configuration)
            throws IOException {
        if (!configuration.get("hadoop.security.authentication", "simple").equals("simple")) {
            UserGroupInformation.setConfiguration(configuration);
        }
        if (options.user().isPresent()) {
            return UserGroupInformation.createRemoteUser(options.user().get());
        }
        UserGroupInformation current = UserGroupInformation.getCurrentUser();
        // a token is of this client, not of everything this process does
        return options.token().isPresent()
                ? UserGroupInformation.createRemoteUser(current.getUserName())
                : current;
    }

    private static Token<? extends TokenIdentifier> token(
            ConnectOptions options, URI address, Configuration configuration) throws IOException {
        Token<? extends TokenIdentifier> token = HdfsSecurity.decode(options.token().orElseThrow());
        if (HAUtilClient.isLogicalUri(configuration, address)) {
            token.setService(
                    HAUtilClient.buildTokenServiceForLogicalUri(address, address.getScheme()));
        } else {
            token.setService(
                    SecurityUtil.buildTokenService(
                            new InetSocketAddress(address.getHost(), address.getPort())));
        }
        return token;
    }

    private static FileSystem open(
            URI address, UserGroupInformation user, Configuration configuration)
            throws IOException {
        FileSystem files =
                switch (address.getScheme()) {
                    case WEB -> {
                        MediaTypes.installIfMissing();
                        yield new WebHdfsFileSystem();
                    }
                    default -> new DistributedFileSystem();
                };
        PrivilegedExceptionAction<FileSystem> opening =
                () -> {
                    files.initialize(address, configuration);
                    return files;
                };
        try {
            return user.doAs(opening);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FilesException.of(Status.CANCELED, "interrupted", address.toString(), e);
        }
    }
}
