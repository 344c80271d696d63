package dev.forebay.gateway.plasma;

import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.protocol.plasma.ObjectBytes;
import dev.forebay.protocol.plasma.PlasmaRequest;
import dev.forebay.wire.RequestRecorder;

import java.util.List;
import java.util.Optional;

/**
 * Counts and audits the requests of one connection. Runs after the answer was sent, so that no
 * client waits for it.
 */
final class RequestLog {
    private final RequestRecorder recorder;
    private final Principal caller;
    private final boolean auditReads;

    RequestLog(PlasmaConfig config, PlasmaGateway.Parts parts, Principal caller) {
        this.recorder =
                new RequestRecorder(
                        PlasmaGateway.NAME, parts.clock(), parts.metrics(), parts.audit());
        this.caller = caller;
        this.auditReads = config.auditReads();
    }

    /** The time to give to a record. */
    long begin() {
        return recorder.begin();
    }

    void record(PlasmaRequest request, String status, RequestRecorder.Span span) {
        String operation = operation(request);
        if (auditReads || changes(request)) {
            var asked = new RequestRecorder.Asked(operation, subject(request), Optional.empty());
            recorder.record(caller, asked, status, span);
        } else {
            recorder.count(operation, status, span);
        }
    }

    /** Whether it begins a connection or changes what others see. */
    private static boolean changes(PlasmaRequest request) {
        return switch (request) {
            case PlasmaRequest.Connect _,
                    PlasmaRequest.Create _,
                    PlasmaRequest.CreateAndSeal _,
                    PlasmaRequest.CreateAndSealBatch _,
                    PlasmaRequest.Abort _,
                    PlasmaRequest.Seal _,
                    PlasmaRequest.Delete _,
                    PlasmaRequest.Evict _,
                    PlasmaRequest.Subscribe _,
                    PlasmaRequest.SetOptions _ ->
                    true;
            case PlasmaRequest.Get _,
                    PlasmaRequest.Release _,
                    PlasmaRequest.Contains _,
                    PlasmaRequest.ListObjects _,
                    PlasmaRequest.GetDebugString _,
                    PlasmaRequest.RefreshLru _ ->
                    false;
        };
    }

    /** The protocol's word for it. */
    private static String operation(PlasmaRequest request) {
        return switch (request) {
            case PlasmaRequest.Connect _ -> "connect";
            case PlasmaRequest.Create _ -> "create";
            case PlasmaRequest.CreateAndSeal _ -> "create-and-seal";
            case PlasmaRequest.CreateAndSealBatch _ -> "create-and-seal-batch";
            case PlasmaRequest.Abort _ -> "abort";
            case PlasmaRequest.Seal _ -> "seal";
            case PlasmaRequest.Get _ -> "get";
            case PlasmaRequest.Release _ -> "release";
            case PlasmaRequest.Delete _ -> "delete";
            case PlasmaRequest.Contains _ -> "contains";
            case PlasmaRequest.ListObjects _ -> "list";
            case PlasmaRequest.Evict _ -> "evict";
            case PlasmaRequest.Subscribe _ -> "subscribe";
            case PlasmaRequest.SetOptions _ -> "set-options";
            case PlasmaRequest.GetDebugString _ -> "debug-string";
            case PlasmaRequest.RefreshLru _ -> "refresh-lru";
        };
    }

    /** The object, or the first of several with the number of the others. */
    private static String subject(PlasmaRequest request) {
        return switch (request) {
            case PlasmaRequest.Create create -> create.id().toString();
            case PlasmaRequest.CreateAndSeal create -> create.content().id().toString();
            case PlasmaRequest.CreateAndSealBatch batch ->
                    subject(batch.contents().stream().map(ObjectBytes::id).toList());
            case PlasmaRequest.Abort(ObjectId id) -> id.toString();
            case PlasmaRequest.Seal(ObjectId id, _) -> id.toString();
            case PlasmaRequest.Get get -> subject(get.ids());
            case PlasmaRequest.Release(ObjectId id) -> id.toString();
            case PlasmaRequest.Delete(List<ObjectId> ids) -> subject(ids);
            case PlasmaRequest.Contains(ObjectId id) -> id.toString();
            case PlasmaRequest.RefreshLru(List<ObjectId> ids) -> subject(ids);
            case PlasmaRequest.SetOptions(String name, _) -> name;
            case PlasmaRequest.Connect _,
                    PlasmaRequest.ListObjects _,
                    PlasmaRequest.Evict _,
                    PlasmaRequest.Subscribe _,
                    PlasmaRequest.GetDebugString _ ->
                    "";
        };
    }

    private static String subject(List<ObjectId> ids) {
        return switch (ids.size()) {
            case 0 -> "";
            case 1 -> ids.getFirst().toString();
            default -> ids.getFirst() + " and " + (ids.size() - 1) + " more";
        };
    }
}
