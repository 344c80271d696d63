package dev.forebay.gateway.plasma;

import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixWake;
import dev.forebay.objects.ObjectContent;
import dev.forebay.objects.ObjectSession;
import dev.forebay.objects.ObjectStatus;
import dev.forebay.objects.ObjectView;
import dev.forebay.objects.ObjectWait;
import dev.forebay.protocol.plasma.ObjectBytes;
import dev.forebay.protocol.plasma.ObjectEntry;
import dev.forebay.protocol.plasma.ObjectSpec;
import dev.forebay.protocol.plasma.PlasmaError;
import dev.forebay.protocol.plasma.PlasmaReply;
import dev.forebay.protocol.plasma.PlasmaRequest;
import dev.forebay.protocol.plasma.StoreFile;
import dev.forebay.wire.RequestMetrics;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The requests of one connection: each is one call of the engine. Errors that the protocol has no
 * word for leave as they are, and end the connection.
 */
final class RequestHandler implements AutoCloseable {
    /** The store's number of its one file; clients take any. */
    private static final int FILE_NUMBER = 1;

    private static final long MILLIS_PER_SECOND = 1000;

    private final PlasmaConfig config;
    private final PlasmaGateway.Parts parts;
    private final UnixConnection connection;
    private final Principal caller;
    private final ObjectSession session;
    private final StoreFile file;
    private @Nullable UnixWake wake;
    private @Nullable Subscriber subscriber;
    private boolean descriptorSent;

    RequestHandler(
            PlasmaConfig config,
            PlasmaGateway.Parts parts,
            UnixConnection connection,
            Principal caller) {
        this.config = config;
        this.parts = parts;
        this.connection = connection;
        this.caller = caller;
        this.session = parts.engine().open(caller);
        this.file = new StoreFile(FILE_NUMBER, parts.memory().length());
    }

    Principal caller() {
        return caller;
    }

    /**
     * What to send.
     *
     * @param reply empty where the protocol has none
     * @param withDescriptor whether the descriptor of the file follows, in a message of its own
     * @param status OK or the name of the error
     */
    record Answer(Optional<PlasmaReply> reply, boolean withDescriptor, String status) {
        static final Answer NONE = new Answer(Optional.empty(), false, RequestMetrics.Outcome.OK);

        static Answer of(PlasmaReply reply) {
            return new Answer(Optional.of(reply), false, RequestMetrics.Outcome.OK);
        }

        static Answer of(PlasmaReply reply, PlasmaError error) {
            return new Answer(Optional.of(reply), false, error.name());
        }
    }

    /**
     * Runs a request.
     *
     * @throws Closed when the client went away while it waited
     * @throws dev.forebay.base.error.Invalid when no descriptor comes with a subscription
     */
    Answer answer(PlasmaRequest request) {
        return switch (request) {
            case PlasmaRequest.Connect _ ->
                    Answer.of(new PlasmaReply.Connect(parts.engine().capacity()));
            case PlasmaRequest.Create create -> create(create);
            case PlasmaRequest.CreateAndSeal create -> {
                PlasmaError error = createAndSeal(List.of(create.content()));
                yield Answer.of(new PlasmaReply.CreateAndSeal(error), error);
            }
            case PlasmaRequest.CreateAndSealBatch batch -> {
                PlasmaError error = createAndSeal(batch.contents());
                yield Answer.of(new PlasmaReply.CreateAndSealBatch(error), error);
            }
            case PlasmaRequest.Abort(ObjectId id) -> {
                session.abort(id);
                yield Answer.of(new PlasmaReply.Abort(id));
            }
            case PlasmaRequest.Seal(ObjectId id, long digest) -> {
                PlasmaError error = attempt(() -> session.seal(id, digest));
                yield Answer.of(new PlasmaReply.Seal(id, error), error);
            }
            case PlasmaRequest.Get get -> get(get);
            case PlasmaRequest.Release(ObjectId id) -> {
                session.release(id);
                yield Answer.NONE;
            }
            case PlasmaRequest.Delete(List<ObjectId> ids) -> delete(ids);
            case PlasmaRequest.Contains(ObjectId id) ->
                    Answer.of(new PlasmaReply.Contains(id, session.contains(id)));
            case PlasmaRequest.ListObjects _ -> Answer.of(list());
            case PlasmaRequest.Evict(long bytes) -> Answer.of(evict(bytes));
            case PlasmaRequest.Subscribe _ -> subscribe();
            case PlasmaRequest.SetOptions(_, long quota) -> {
                PlasmaError error = attempt(() -> session.reserve(Math.max(quota, 0)));
                yield Answer.of(new PlasmaReply.SetOptions(error), error);
            }
            case PlasmaRequest.GetDebugString _ ->
                    Answer.of(new PlasmaReply.DebugString(DebugText.of(parts.engine())));
            case PlasmaRequest.RefreshLru(List<ObjectId> ids) -> {
                session.refresh(ids);
                yield Answer.of(new PlasmaReply.RefreshLru());
            }
        };
    }

    /** Runs a call whose reply can carry an error. */
    private static PlasmaError attempt(Runnable call) {
        try {
            call.run();
            return PlasmaError.OK;
        } catch (ForebayException e) {
            return PlasmaErrors.of(e).orElseThrow(() -> e);
        }
    }

    private Answer create(PlasmaRequest.Create create) {
        ObjectId id = create.id();
        if (create.device() != 0) {
            return failed(id, PlasmaError.OUT_OF_MEMORY);
        }
        try {
            ObjectView view =
                    session.create(
                            new ObjectSession.Request(
                                    id, create.dataLength(), create.metadataLength()));
            return withFile(new PlasmaReply.Create(id, PlasmaError.OK, spec(view), file));
        } catch (ForebayException e) {
            return failed(id, PlasmaErrors.of(e).orElseThrow(() -> e));
        }
    }

    private static Answer failed(ObjectId id, PlasmaError error) {
        return Answer.of(PlasmaReply.Create.failed(id, error), error);
    }

    /** The descriptor goes with the first reply of the connection that names the file. */
    private Answer withFile(PlasmaReply reply) {
        boolean first = !descriptorSent;
        descriptorSent = true;
        return new Answer(Optional.of(reply), first, RequestMetrics.Outcome.OK);
    }

    private static ObjectSpec spec(ObjectView view) {
        return new ObjectSpec(FILE_NUMBER, view.offset(), view.dataLength(), view.metadataLength());
    }

    private PlasmaError createAndSeal(List<ObjectBytes> contents) {
        List<ObjectContent> whole =
                contents.stream()
                        .map(
                                each ->
                                        new ObjectContent(
                                                each.id(),
                                                each.data(),
                                                each.metadata(),
                                                each.digest()))
                        .toList();
        return attempt(() -> session.createAndSeal(whole));
    }

    private Answer get(PlasmaRequest.Get get) {
        List<ObjectId> ids = get.ids();
        long begin = parts.clock().nanos();
        ObjectWait wait =
                session.get(
                        ids, get.timeoutMillis() == 0 ? RequestHandler::ignore : wake()::signal);
        if (get.timeoutMillis() != 0 && !wait.complete()) {
            await(wait, Deadline.after(begin, get.timeoutMillis()));
        }
        wait.end();
        List<ObjectSpec> specs = new ArrayList<>(ids.size());
        boolean present = false;
        for (int i = 0; i < ids.size(); i++) {
            ObjectSpec spec = wait.find(i).map(RequestHandler::spec).orElse(ObjectSpec.ABSENT);
            present |= spec.present();
            specs.add(spec);
        }
        return present
                ? withFile(new PlasmaReply.Get(ids, specs, List.of(file)))
                : Answer.of(new PlasmaReply.Get(ids, specs, List.of()));
    }

    private static void ignore() {}

    private UnixWake wake() {
        UnixWake made = wake == null ? UnixWake.open() : wake;
        wake = made;
        return made;
    }

    private void await(ObjectWait wait, Deadline deadline) {
        while (!wait.complete()) {
            int millis = deadline.remainingMillis(parts.clock().nanos());
            if (millis == 0) {
                return;
            }
            if (connection.await(wake(), millis) == UnixConnection.Readiness.HUNG_UP) {
                wait.end();
                throw new Closed("the client went away while it waited", caller.origin());
            }
        }
    }

    private Answer delete(List<ObjectId> ids) {
        List<PlasmaError> errors = new ArrayList<>(ids.size());
        for (ObjectId id : ids) {
            errors.add(
                    switch (session.delete(id)) {
                        case DONE -> PlasmaError.OK;
                        case NOT_FOUND -> PlasmaError.OBJECT_NOT_FOUND;
                        case NOT_SEALED -> PlasmaError.OBJECT_NOT_SEALED;
                        case IN_USE -> PlasmaError.OBJECT_IN_USE;
                    });
        }
        return Answer.of(new PlasmaReply.Delete(ids, errors));
    }

    private PlasmaReply list() {
        return new PlasmaReply.ListObjects(
                parts.engine().list().stream().map(RequestHandler::entry).toList());
    }

    private static ObjectEntry entry(ObjectStatus object) {
        boolean unsealed = object.state() == ObjectStatus.State.CREATED;
        return new ObjectEntry(
                object.id(),
                object.dataLength(),
                object.metadataLength(),
                object.references(),
                Math.floorDiv(object.createdMillis(), MILLIS_PER_SECOND),
                Math.floorDiv(object.constructMillis(), MILLIS_PER_SECOND),
                unsealed ? OptionalLong.empty() : OptionalLong.of(object.digest()),
                false);
    }

    private PlasmaReply evict(long bytes) {
        return new PlasmaReply.Evict(parts.engine().evict(bytes < 0 ? Long.MAX_VALUE : bytes));
    }

    private Answer subscribe() {
        UnixConnection socket = UnixConnection.of(connection.receiveDescriptor());
        endSubscriber();
        subscriber =
                Subscriber.start(
                        parts.engine(),
                        socket,
                        config.notifications(),
                        Thread.currentThread().getName() + "-notify");
        return Answer.NONE;
    }

    private void endSubscriber() {
        if (subscriber != null) {
            subscriber.close();
            subscriber = null;
        }
    }

    /** Releases all that the client holds. */
    @Override
    public void close() {
        try (session) {
            endSubscriber();
            if (wake != null) {
                wake.close();
            }
        }
    }
}
