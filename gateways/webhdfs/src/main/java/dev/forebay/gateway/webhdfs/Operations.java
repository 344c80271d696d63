package dev.forebay.gateway.webhdfs;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of the protocol's operations, by HTTP method and name. */
final class Operations {
    /** Known to the protocol, and to no engine here. */
    private static final Map<String, Set<String>> UNSERVED =
            Map.of(
                    "GET",
                    Set.of("GETTRASHROOTS", "GETECCODECS", "GETECPOLICIES"),
                    "PUT",
                    Set.of("CREATESYMLINK", "ENABLEECPOLICY", "DISABLEECPOLICY", "SETECPOLICY"),
                    "POST",
                    Set.of("UNSETECPOLICY"));

    private final Map<String, Map<String, Operation>> byMethod;

    private Operations(Map<String, Map<String, Operation>> byMethod) {
        this.byMethod = byMethod;
    }

    /** What runs the operations. */
    record Parts(
            Transfers transfers,
            Statuses statuses,
            Changes changes,
            Renames renames,
            AclOperations acls,
            AttributeOperations attributes,
            SnapshotOperations snapshots,
            PolicyOperations policies,
            ServerFacts facts,
            Tokens tokens) {}

    static Operations over(Parts parts) {
        Changes changes = parts.changes();
        Map<String, Operation> put =
                Map.ofEntries(
                        Map.entry("CREATE", parts.transfers()::create),
                        Map.entry("MKDIRS", changes::makeDirectories),
                        Map.entry("RENAME", parts.renames()::run),
                        Map.entry("SETPERMISSION", changes::setPermission),
                        Map.entry("SETOWNER", changes::setOwner),
                        Map.entry("SETTIMES", changes::setTimes),
                        Map.entry("SETREPLICATION", changes::setReplication),
                        Map.entry("SETQUOTA", changes::setQuota),
                        Map.entry("SETQUOTABYSTORAGETYPE", changes::setTypeQuota),
                        Map.entry("MODIFYACLENTRIES", parts.acls()::modify),
                        Map.entry("REMOVEACLENTRIES", parts.acls()::remove),
                        Map.entry("REMOVEDEFAULTACL", parts.acls()::removeDefaults),
                        Map.entry("REMOVEACL", parts.acls()::clear),
                        Map.entry("SETACL", parts.acls()::replace),
                        Map.entry("SETXATTR", parts.attributes()::set),
                        Map.entry("REMOVEXATTR", parts.attributes()::remove),
                        Map.entry("ALLOWSNAPSHOT", parts.snapshots()::allow),
                        Map.entry("DISALLOWSNAPSHOT", parts.snapshots()::disallow),
                        Map.entry("CREATESNAPSHOT", parts.snapshots()::create),
                        Map.entry("RENAMESNAPSHOT", parts.snapshots()::rename),
                        Map.entry("SETSTORAGEPOLICY", parts.policies()::set),
                        Map.entry("SATISFYSTORAGEPOLICY", unsatisfied()),
                        Map.entry("RENEWDELEGATIONTOKEN", parts.tokens()::renew),
                        Map.entry("CANCELDELEGATIONTOKEN", parts.tokens()::cancel));
        Map<String, Operation> post =
                Map.of(
                        "APPEND", parts.transfers()::append,
                        "CONCAT", changes::concat,
                        "TRUNCATE", changes::truncate,
                        "UNSETSTORAGEPOLICY", parts.policies()::unset);
        Map<String, Map<String, Operation>> all = new HashMap<>();
        all.put("GET", new HashMap<>(reading(parts)));
        all.put("PUT", new HashMap<>(put));
        all.put("POST", new HashMap<>(post));
        all.put("DELETE", new HashMap<>(deleting(parts)));
        UNSERVED.forEach(
                (method, names) ->
                        names.forEach(name -> served(all, method).put(name, unserved(name))));
        return new Operations(all);
    }

    private static Map<String, Operation> deleting(Parts parts) {
        return Map.of(
                "DELETE", parts.changes()::delete,
                "DELETESNAPSHOT", parts.snapshots()::delete);
    }

    private static Map<String, Operation> reading(Parts parts) {
        Statuses statuses = parts.statuses();
        ServerFacts facts = parts.facts();
        return Map.ofEntries(
                Map.entry("OPEN", parts.transfers()::open),
                Map.entry("GETFILECHECKSUM", parts.transfers()::checksum),
                Map.entry("GETFILESTATUS", statuses::status),
                Map.entry("GETFILELINKSTATUS", statuses::status),
                Map.entry("LISTSTATUS", statuses::list),
                Map.entry("LISTSTATUS_BATCH", statuses::page),
                Map.entry("GETCONTENTSUMMARY", statuses::summary),
                Map.entry("GETQUOTAUSAGE", statuses::quotaUsage),
                Map.entry("CHECKACCESS", statuses::checkAccess),
                Map.entry("GETFILEBLOCKLOCATIONS", statuses::blockLocations),
                Map.entry("GET_BLOCK_LOCATIONS", statuses::locatedBlocks),
                Map.entry("GETDELEGATIONTOKEN", parts.tokens()::issue),
                Map.entry("GETHOMEDIRECTORY", facts::home),
                Map.entry("GETTRASHROOT", facts::trashRoot),
                Map.entry("GETSERVERDEFAULTS", facts::defaults),
                Map.entry("GETSTATUS", facts::space),
                Map.entry("GETACLSTATUS", parts.acls()::status),
                Map.entry("GETXATTRS", parts.attributes()::get),
                Map.entry("LISTXATTRS", parts.attributes()::list),
                Map.entry("GETALLSTORAGEPOLICY", parts.policies()::all),
                Map.entry("GETSTORAGEPOLICY", parts.policies()::get),
                Map.entry("GETECPOLICY", facts::erasureCodingPolicy),
                Map.entry("GETSNAPSHOTTABLEDIRECTORYLIST", parts.snapshots()::roots),
                Map.entry("GETSNAPSHOTLIST", parts.snapshots()::list),
                Map.entry("GETSNAPSHOTDIFF", parts.snapshots()::report),
                Map.entry("GETSNAPSHOTDIFFLISTING", parts.snapshots()::page),
                Map.entry("GETLINKTARGET", facts::linkTarget));
    }

    /** Whether any method has an operation of this name. */
    boolean knows(String name) {
        return byMethod.values().stream().anyMatch(each -> each.containsKey(name));
    }

    Optional<Operation> find(String method, String name) {
        return Optional.ofNullable(served(byMethod, method).get(name));
    }

    /** Names of all operations of a method. */
    Set<String> names(String method) {
        return Set.copyOf(served(byMethod, method).keySet());
    }

    private static Map<String, Operation> served(
            Map<String, Map<String, Operation>> all, String method) {
        return all.getOrDefault(method, Map.of());
    }

    /** What a NameNode answers unless it is told to move blocks. */
    private static Operation unsatisfied() {
        return (_, _) -> {
            throw PolicyErrors.unsatisfied().refused();
        };
    }

    private static Operation unserved(String name) {
        return (_, _) -> {
            throw RemoteError.unsupported(name + " is not supported").refused();
        };
    }
}
