package dev.forebay.contract;

/** Over Hadoop's client for {@code hdfs://}. */
class HdfsContractTest extends HadoopContracts {
    HdfsContractTest() {
        super("hdfs", "hdfs");
    }
}
