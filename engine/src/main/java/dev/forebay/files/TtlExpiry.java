package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.Principal;
import dev.forebay.base.TtlAction;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.OptionalLong;

/** Acts on an inode whose time to live is over. */
final class TtlExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(TtlExpiry.class);

    private final Parts parts;
    private final Removal removal;
    private final MemoryControl memory;
    private final Attributes attributes;
    private final Principal node;

    TtlExpiry(Parts parts, Removal removal, MemoryControl memory, Attributes attributes) {
        this.parts = parts;
        this.removal = removal;
        this.memory = memory;
        this.attributes = attributes;
        this.node = Principal.node("forebay");
    }

    void expire(InodeId id) {
        Optional<FilePath> path = parts.store().read(reader -> Tree.path(reader, id));
        if (path.isEmpty()) {
            return;
        }
        Chain chain = parts.store().read(reader -> Tree.resolve(reader, path.get()));
        if (!chain.complete() || !due(chain.target(), id)) {
            return;
        }
        try {
            act(chain);
        } catch (NotFound e) {
            LOG.debug("path went away before its time to live was acted on path={}", path, e);
        } catch (PermissionDenied e) {
            LOG.warn("time to live cannot be acted on and is cleared path={}", path.get(), e);
            clear(chain);
        } catch (ForebayException e) {
            LOG.warn("time to live is acted on later path={}", path.get(), e);
        }
    }

    private boolean due(Inode inode, InodeId id) {
        return inode.id().equals(id)
                && inode.hasTtl()
                && inode.dueMillis() <= parts.clock().millis();
    }

    private void act(Chain chain) {
        boolean readOnly =
                parts.mounts().statusOf(chain.path()).map(MountStatus::readOnly).orElse(false);
        if (chain.target().ttl().action() == TtlAction.FREE) {
            memory.freeSettled(chain);
            clear(chain);
        } else if (readOnly) {
            throw new PermissionDenied("the mount is read-only", chain.path());
        } else {
            removal.delete(node, chain, DeleteOptions.RECURSIVE);
        }
    }

    /** Unpins, and sets the time to live back to none and DELETE, as Alluxio leaves it. */
    private void clear(Chain chain) {
        AttributeChange none = AttributeChange.NONE;
        attributes.change(
                node,
                chain,
                new AttributeChange(
                        none.owner(),
                        none.group(),
                        none.mode(),
                        chain.target().state().pinned() ? Optional.of(false) : Optional.empty(),
                        OptionalLong.of(-1),
                        Optional.of(TtlAction.DELETE),
                        none.replicationMin(),
                        none.replicationMax(),
                        none.persisted(),
                        none.accessedMillis(),
                        none.modifiedMillis(),
                        false));
    }
}
