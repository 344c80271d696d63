package dev.forebay.node;

import dev.forebay.gateway.admin.NodeStatus;

import java.util.List;

/** What a person reads when the node is up: what listens where, and what to paste to use it. */
final class Banner {
    private Banner() {}

    static String text(List<NodeStatus.Listening> listening, long millis) {
        StringBuilder text = new StringBuilder();
        text.append("Forebay ")
                .append(Version.TEXT)
                .append(" is up after ")
                .append(millis)
                .append(" ms\n\n");
        for (NodeStatus.Listening each : listening) {
            text.append("  %-10s %s%n".formatted(each.name(), address(each)));
        }
        for (NodeStatus.Listening each : listening) {
            switch (each.name()) {
                case "alluxio" -> text.append(alluxio(each));
                case "plasma" -> text.append(plasma(each));
                case "hdfs" -> text.append(hdfs(each));
                case "webhdfs" -> text.append(webHdfs(each));
                case "admin" -> text.append(admin(each));
                default -> {}
            }
        }
        return text.append("\nStop it with Ctrl-C.\n").toString();
    }

    private static String address(NodeStatus.Listening at) {
        return at.protocol().equals("unix")
                ? at.host()
                : "%s://%s:%d".formatted(at.protocol(), at.host(), at.port());
    }

    private static String plasma(NodeStatus.Listening at) {
        return """

        Objects (pip install pyarrow==11.0.0 "numpy<2"):
          import pyarrow.plasma as plasma
          objects = plasma.connect("%1$s")
          print(objects.get(objects.put([1, 2, 3])))
        """
                .formatted(at.host());
    }

    private static String hdfs(NodeStatus.Listening at) {
        return """

        HDFS (pip install hdfs-native; or: hdfs dfs -ls hdfs://%1$s:%2$d/):
          import hdfs_native
          client = hdfs_native.Client("hdfs://%1$s:%2$d")
          with client.create("/hdfs.txt", hdfs_native.WriteOptions(overwrite=True)) as f:
              f.write(b"Hello, HDFS")
          print(client.read("/hdfs.txt").read())
        """
                .formatted(at.host(), at.port());
    }

    private static String webHdfs(NodeStatus.Listening at) {
        return """

        WebHDFS (pip install hdfs):
          import hdfs
          client = hdfs.InsecureClient("http://%1$s:%2$d")
          client.write("/web.txt", "Hello, WebHDFS", overwrite=True)
          print(client.list("/"))
        """
                .formatted(at.host(), at.port());
    }

    private static String alluxio(NodeStatus.Listening at) {
        return """

        Python (pip install alluxio==0.1.4):
          import alluxio
          client = alluxio.Client("%1$s", %2$d)
          with client.open("/hello", "w") as f:
              f.write("Hello, Forebay")
          with client.open("/hello", "r") as f:
              print(f.read())
          print(client.ls("/"))

        Java (module forebay-client):
          try (var files = FileClient.connect("alluxio://%1$s:%2$d")) {
              files.list("/").forEach(f -> System.out.println(f.path()));
          }
        """
                .formatted(at.host(), at.port());
    }

    private static String admin(NodeStatus.Listening at) {
        return """

        Shell:
          ./forebay put -r ~/data /data
          ./forebay ls /data
          curl http://%1$s:%2$d/status
        """
                .formatted(at.host(), at.port());
    }
}
