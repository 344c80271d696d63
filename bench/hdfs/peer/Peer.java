import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

import java.nio.file.Files;
import java.nio.file.Path;

/** A NameNode with one DataNode in this process: FOLDER for their data, where the file {@code ports} says the two ports. */
final class Peer {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Configuration configuration = new Configuration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("dfs").toString());
        configuration.set("dfs.replication", "1");
        configuration.set("dfs.namenode.fs-limits.min-block-size", "1024");
        // as outside of tests: an acknowledged name is on disk
        MiniDFSCluster cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).skipFsyncForTesting(false).build();
        cluster.waitActive();
        int web = cluster.getNameNode().getHttpAddress().getPort();
        Files.writeString(folder.resolve("ports.part"), cluster.getNameNodePort() + " " + web);
        Files.move(folder.resolve("ports.part"), folder.resolve("ports"));
        Thread.currentThread().join();
    }
}
