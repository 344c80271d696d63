package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.files.FileEngine.Usage;
import dev.forebay.files.FileReader.ByteRange;
import dev.forebay.files.FileStatus;

import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.DatanodeIDProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.DatanodeInfoProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ExtendedBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.LocatedBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.LocatedBlocksProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.StorageTypeProto;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** Blocks and the one node that has them, as the protocol has them. */
final class LocationEncoder {
    /** The pool of all blocks. */
    static final String POOL = "BP-forebay";

    static final String STORAGE = "DS-forebay";
    static final String NODE = "forebay";

    /** The generation of blocks that nobody writes; clients only echo it. */
    static final long GENERATION = 1001;

    private static final String RACK = "/default-rack";
    private static final Set<BlockTokens.Mode> READING = Set.of(BlockTokens.Mode.READ);
    private static final Set<BlockTokens.Mode> WRITING =
            Set.of(BlockTokens.Mode.READ, BlockTokens.Mode.WRITE);
    private final HdfsConfig config;
    private final Ports ports;
    private final BlockTokens tokens;

    /**
     * Where the gateway listens.
     *
     * @param rpc of calls
     * @param data of blocks
     */
    record Ports(int rpc, int data) {}

    LocationEncoder(HdfsConfig config, Ports ports, BlockTokens tokens) {
        this.config = config;
        this.ports = ports;
        this.tokens = tokens;
    }

    /**
     * A block.
     *
     * @param id of it
     * @param generation its generation stamp
     * @param offset of its first byte in the file
     * @param length bytes
     */
    record Block(BlockId id, long generation, long offset, long length) {}

    /** The node, under the address that the client dialled or the advertised one. */
    DatanodeIDProto node(InetAddress local) {
        String host = config.advertised().map(HdfsConfig.Advertised::host).orElse("");
        String address = host.isEmpty() ? local.getHostAddress() : host;
        return DatanodeIDProto.newBuilder()
                .setIpAddr(address)
                .setHostName(address)
                .setDatanodeUuid(NODE)
                .setXferPort(
                        config.advertised().map(HdfsConfig.Advertised::port).orElse(ports.data()))
                .setInfoPort(0)
                .setIpcPort(ports.rpc())
                .build();
    }

    /** The node as a place of a block. */
    DatanodeInfoProto place(InetAddress local) {
        return DatanodeInfoProto.newBuilder()
                .setId(node(local))
                .setLocation(RACK)
                .setAdminState(DatanodeInfoProto.AdminState.NORMAL)
                .build();
    }

    /** The node with what it has room for. */
    DatanodeInfoProto report(InetAddress local, Usage usage) {
        return place(local).toBuilder()
                .setCapacity(usage.diskCapacity())
                .setRemaining(usage.diskFree())
                .setDfsUsed(usage.diskUsed())
                .setBlockPoolUsed(usage.diskUsed())
                .build();
    }

    static ExtendedBlockProto block(Block block) {
        return ExtendedBlockProto.newBuilder()
                .setPoolId(POOL)
                .setBlockId(block.id().value())
                .setGenerationStamp(block.generation())
                .setNumBytes(block.length())
                .build();
    }

    /** A block for who writes it. */
    LocatedBlockProto locate(Block block, InetAddress local) {
        return locate(block, place(local), WRITING);
    }

    private LocatedBlockProto locate(
            Block block, DatanodeInfoProto place, Set<BlockTokens.Mode> modes) {
        return LocatedBlockProto.newBuilder()
                .setB(block(block))
                .setOffset(block.offset())
                .addLocs(place)
                .setCorrupt(false)
                .setBlockToken(tokens.issue(block.id(), modes))
                .addIsCached(false)
                .addStorageTypes(StorageTypeProto.DISK)
                .addStorageIDs(STORAGE)
                .build();
    }

    /**
     * The blocks of a file that overlap a range. The last block counts as complete even while the
     * file is being written: all that is told of it can be read.
     */
    LocatedBlocksProto locate(FileStatus status, ByteRange range, InetAddress local) {
        DatanodeInfoProto place = place(local);
        long end = range.position() + Math.min(range.length(), Long.MAX_VALUE - range.position());
        List<FileStatus.Block> blocks = status.blocks();
        LocatedBlocksProto.Builder located =
                LocatedBlocksProto.newBuilder()
                        .setFileLength(status.length())
                        .setUnderConstruction(!status.completed())
                        .setIsLastBlockComplete(true);
        for (FileStatus.Block block : blocks) {
            if (block.offset() < end && block.offset() + block.length() > range.position()) {
                located.addBlocks(locate(complete(block), place, READING));
            }
        }
        if (!blocks.isEmpty()) {
            located.setLastBlock(locate(complete(blocks.getLast()), place, READING));
        }
        return located.build();
    }

    private static Block complete(FileStatus.Block block) {
        return new Block(block.id(), GENERATION, block.offset(), block.length());
    }
}
