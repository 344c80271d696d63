package dev.forebay.client;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a service is connected to, beyond its address. Only the wires of HDFS take any of this.
 *
 * @param autoconf whether {@code core-site.xml} and {@code hdfs-site.xml} are looked for where
 *     Hadoop's clients keep them
 * @param configuration a folder that holds these two files, or one file; read instead of those
 *     found
 * @param settings by Hadoop's names; win over those of files
 * @param user who calls; absent for the user of this process, or {@code HADOOP_USER_NAME}
 * @param token a delegation token to authenticate with
 */
public record ConnectOptions(
        boolean autoconf,
        Optional<Path> configuration,
        Map<String, String> settings,
        Optional<String> user,
        Optional<DelegationToken> token) {
    /** What is found on this machine, as the user of this process. */
    public static final ConnectOptions DEFAULT =
            new ConnectOptions(
                    true, Optional.empty(), Map.of(), Optional.empty(), Optional.empty());

    /** Copies the settings. */
    public ConnectOptions {
        settings = Map.copyOf(settings);
    }

    /** With files looked for, or not. */
    public ConnectOptions withAutoconf(boolean value) {
        return new ConnectOptions(value, configuration, settings, user, token);
    }

    /** With the files of this folder, or this file. */
    public ConnectOptions withConfiguration(Path folderOrFile) {
        return new ConnectOptions(autoconf, Optional.of(folderOrFile), settings, user, token);
    }

    /** With settings that win over those of files. */
    public ConnectOptions withSettings(Map<String, String> values) {
        return new ConnectOptions(autoconf, configuration, values, user, token);
    }

    /** As a user. */
    public ConnectOptions withUser(String name) {
        return new ConnectOptions(autoconf, configuration, settings, Optional.of(name), token);
    }

    /** With a token to authenticate with. */
    public ConnectOptions withToken(DelegationToken value) {
        return new ConnectOptions(autoconf, configuration, settings, user, Optional.of(value));
    }

    /** Names the settings without their values, which may be secrets. */
    @Override
    public String toString() {
        return "ConnectOptions[autoconf=%s, configuration=%s, settings=%s, user=%s, token=%s]"
                .formatted(autoconf, configuration, settings.keySet(), user, token);
    }
}
