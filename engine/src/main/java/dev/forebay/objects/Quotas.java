package dev.forebay.objects;

import dev.forebay.base.error.QuotaExceeded;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which quota an object counts against. Not safe for use by several threads. */
final class Quotas {
    /** What has to stay for those without a reservation, of 10. */
    private static final int UNRESERVED_TENTHS = 3;

    private final long capacity;
    private final long userLimit;
    private final Map<String, Quota> users = new HashMap<>();
    private long reserved;

    /**
     * Begins with nothing set aside.
     *
     * @param capacity bytes of all objects
     * @param userLimit bytes for one user; 0 for no limit
     */
    Quotas(long capacity, long userLimit) {
        this.capacity = capacity;
        this.userLimit = userLimit;
    }

    /** Sets memory aside for a session, once. */
    void reserve(TrackedSession session, long wanted) {
        long left = capacity - reserved - wanted;
        if (session.reserved != null || left < capacity / 10 * UNRESERVED_TENTHS) {
            throw new QuotaExceeded("so much cannot be set aside", wanted);
        }
        if (wanted > 0) {
            session.reserved = new Quota(wanted, true);
            reserved += wanted;
        }
    }

    /** Takes back what a session had set aside. */
    void giveBack(Quota quota) {
        reserved -= quota.limit();
    }

    /**
     * The quota that bytes of a session count against.
     *
     * @throws QuotaExceeded when they cannot fit even if what may leave it does
     */
    Optional<Quota> of(TrackedSession session, long wanted) {
        Optional<Quota> quota = find(session);
        if (quota.isPresent() && !quota.get().canFit(wanted)) {
            throw new QuotaExceeded("the objects do not fit the quota", wanted);
        }
        return quota;
    }

    private Optional<Quota> find(TrackedSession session) {
        Quota own = session.reserved;
        if (own != null) {
            return Optional.of(own);
        }
        return userLimit == 0
                ? Optional.empty()
                : Optional.of(
                        users.computeIfAbsent(
                                session.caller.user(), _ -> new Quota(userLimit, false)));
    }
}
