package dev.forebay.protocol.plasma;

import java.util.List;

/**
 * Objects that were sealed, or one that is gone. Sent on a socket of its own with eight bytes of
 * length before it, little-endian, and no other header.
 *
 * @param entries one, or those of a batch
 */
public record PlasmaNotification(List<ObjectEntry> entries) {
    /** Copies the list. */
    public PlasmaNotification {
        entries = List.copyOf(entries);
    }
}
