package dev.forebay.node;

import dev.forebay.base.PersistenceState;
import dev.forebay.client.BlockLocation;
import dev.forebay.client.FileBlock;
import dev.forebay.client.FileStatus;
import dev.forebay.client.Mode;
import dev.forebay.client.WorkerNetAddress;

import java.util.List;

/** The engine's status of a file as the Java API shows it. */
final class EmbeddedStatus {
    private static final List<BlockLocation> HERE =
            List.of(new BlockLocation(1, new WorkerNetAddress("localhost", 0, 0, 0), "MEM"));

    private EmbeddedStatus() {}

    static FileStatus of(dev.forebay.files.FileStatus status) {
        return new FileStatus(
                status.path().toString(),
                status.id().value(),
                status.directory(),
                status.length(),
                status.completed(),
                new FileStatus.Access(
                        status.access().owner(),
                        status.access().group(),
                        Mode.of(status.access().mode())),
                new FileStatus.Times(
                        status.times().created(),
                        status.times().modified(),
                        status.times().accessed()),
                new FileStatus.Ttl(status.ttl().millis(), status.ttl().action()),
                new FileStatus.Storage(
                        status.location(),
                        status.persistence() == PersistenceState.PERSISTED,
                        status.persistence(),
                        status.mountPoint(),
                        status.mountId()),
                residence(status),
                new FileStatus.Layout(
                        status.layout().blockSize(),
                        status.layout().replicationMin(),
                        status.layout().replicationMax(),
                        status.directory() ? 0 : status.layout().replicationDurable(),
                        status.blocks().stream().map(block -> block.id().value()).toList(),
                        status.blocks().stream().map(EmbeddedStatus::block).toList()));
    }

    private static FileStatus.Residence residence(dev.forebay.files.FileStatus status) {
        int percentage = 0;
        if (!status.directory()) {
            percentage =
                    status.length() == 0
                            ? 100
                            : (int) (status.lengthInMemory() * 100 / status.length());
        }
        return new FileStatus.Residence(
                !status.directory(), status.pinned(), percentage, percentage);
    }

    private static FileBlock block(dev.forebay.files.FileStatus.Block block) {
        return new FileBlock(
                block.id().value(),
                block.offset(),
                block.length(),
                block.inMemory() ? HERE : List.of(),
                List.of());
    }
}
