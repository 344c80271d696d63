package dev.forebay.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.arena.Arena;
import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.HeapArena;
import dev.forebay.base.Clock;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.objects.ObjectSession.Deletion;
import dev.forebay.objects.ObjectSession.Request;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Random calls of several sessions against {@link ObjectModel}. */
class ObjectModelTest {
    private static final int STEPS = 3000;
    private static final int IDS = 12;
    private static final int SESSIONS = 4;
    private static final int CAPACITY = 1000;

    @SeededTest
    void engineDoesWhatTheModelDoes(long seed) {
        try (Run run = new Run(seed)) {
            for (int step = 0; step < STEPS; step++) {
                run.step();
                run.compare();
            }
        }
    }

    private static final class Run implements AutoCloseable {
        private final Generator generator;
        private final ObjectModel model = new ObjectModel(CAPACITY);
        private final Arena arena = HeapArena.open(ArenaOptions.of(CAPACITY));
        private final ObjectEngine engine =
                NodeObjectEngine.open(arena, ObjectsConfig.DEFAULT, Clock.system());
        private final List<ObjectSession> sessions = new ArrayList<>();

        Run(long seed) {
            generator = new Generator(seed);
            for (int index = 0; index < SESSIONS; index++) {
                sessions.add(engine.open(Principal.node("user")));
            }
        }

        private static ObjectId name(int id) {
            return new ObjectId(id, 0, 0);
        }

        void step() {
            int session = generator.randomness().below(SESSIONS);
            int id = generator.randomness().below(IDS);
            switch (generator.weighted(15, 15, 15, 20, 20, 8, 4, 3, 3, 2)) {
                case 0 -> create(session, id);
                case 1 -> seal(session, id);
                case 2 -> createAndSeal(session, id);
                case 3 -> get(session, id, generator.randomness().below(IDS));
                case 4 -> release(session, id);
                case 5 -> delete(session, id);
                case 6 -> abort(session, id);
                case 7 -> evict();
                case 8 -> refresh(session, id);
                default -> reopen(session);
            }
        }

        private int length() {
            return generator.chance(10) ? 0 : generator.randomness().below(CAPACITY / 2);
        }

        private void create(int session, int id) {
            int length = length();
            Request request = new Request(name(id), length, 0);
            if (model.things.containsKey(id)) {
                assertThatThrownBy(() -> sessions.get(session).create(request))
                        .isInstanceOf(AlreadyExists.class);
            } else if (!model.makeRoom(length)) {
                assertThatThrownBy(() -> sessions.get(session).create(request))
                        .isInstanceOf(OutOfSpace.class);
            } else {
                sessions.get(session).create(request).data().fill((byte) id);
                model.create(id, length, session);
            }
        }

        private void seal(int session, int id) {
            ObjectModel.Thing thing = model.things.get(id);
            if (thing == null || (!thing.sealed && thing.creator != session)) {
                assertThatThrownBy(() -> sessions.get(session).seal(name(id), 0))
                        .isInstanceOf(NotFound.class);
                return;
            }
            if (thing.sealed) {
                return;
            }
            sessions.get(session).seal(name(id), 0);
            thing.sealed = true;
            if (thing.references.isEmpty()) {
                model.reference(id, session);
                model.release(id, session);
            }
        }

        private void createAndSeal(int session, int id) {
            int length = length();
            byte[] data = new byte[length];
            Arrays.fill(data, (byte) id);
            List<ObjectContent> contents =
                    List.of(
                            new ObjectContent(
                                    name(id),
                                    MemorySegment.ofArray(data),
                                    MemorySegment.ofArray(new byte[0]),
                                    1));
            if (model.things.containsKey(id)) {
                assertThatThrownBy(() -> sessions.get(session).createAndSeal(contents))
                        .isInstanceOf(AlreadyExists.class);
            } else if (!model.makeRoom(length)) {
                assertThatThrownBy(() -> sessions.get(session).createAndSeal(contents))
                        .isInstanceOf(OutOfSpace.class);
            } else {
                sessions.get(session).createAndSeal(contents);
                model.create(id, length, session);
                model.thing(id).sealed = true;
                model.release(id, session);
            }
        }

        private void get(int session, int first, int second) {
            List<ObjectId> ids = List.of(name(first), name(second), name(first));
            ObjectWait wait = sessions.get(session).get(ids, () -> {});
            wait.end();
            assertThat(wait.find(0).isPresent()).isEqualTo(there(session, first));
            assertThat(wait.find(1).isPresent()).isEqualTo(there(session, second));
            assertThat(wait.find(2)).isEqualTo(wait.find(0));
            wait.find(0).ifPresent(view -> requireBytes(view, first));
            wait.find(1).ifPresent(view -> requireBytes(view, second));
        }

        private boolean there(int session, int id) {
            ObjectModel.Thing thing = model.things.get(id);
            if (thing == null || !thing.sealed) {
                return false;
            }
            model.reference(id, session);
            return true;
        }

        private static void requireBytes(ObjectView view, int id) {
            for (byte value : view.data().toArray(ValueLayout.JAVA_BYTE)) {
                assertThat(value).isEqualTo((byte) id);
            }
        }

        private void release(int session, int id) {
            boolean expected = model.release(id, session);
            assertThat(sessions.get(session).release(name(id))).isEqualTo(expected);
        }

        private void delete(int session, int id) {
            ObjectModel.Thing thing = model.things.get(id);
            Deletion expected;
            if (thing == null) {
                expected = Deletion.NOT_FOUND;
            } else if (model.idle(id)) {
                expected = Deletion.DONE;
                model.remove(id);
            } else {
                thing.doomed = true;
                expected = thing.sealed ? Deletion.IN_USE : Deletion.NOT_SEALED;
            }
            assertThat(sessions.get(session).delete(name(id))).isEqualTo(expected);
        }

        private void abort(int session, int id) {
            ObjectModel.Thing thing = model.things.get(id);
            boolean expected = thing != null && !thing.sealed && thing.creator == session;
            if (expected) {
                model.remove(id);
            }
            assertThat(sessions.get(session).abort(name(id))).isEqualTo(expected);
        }

        private void evict() {
            int bytes = generator.randomness().below(CAPACITY);
            assertThat(engine.evict(bytes)).isEqualTo(model.evict(bytes));
        }

        private void refresh(int session, int id) {
            model.refresh(id);
            sessions.get(session).refresh(List.of(name(id)));
        }

        private void reopen(int session) {
            // in an order of its own, which the model does not know: one reference at a time
            model.things.forEach(
                    (id, thing) -> {
                        if (thing.sealed && thing.references.contains(session)) {
                            sessions.get(session).release(name(id));
                        }
                    });
            model.close(session);
            sessions.get(session).close();
            sessions.set(session, engine.open(Principal.node("user")));
        }

        void compare() {
            assertThat(arena.used()).isEqualTo(model.used());
            assertThat(engine.statistics().bytes()).isEqualTo(model.used());
            assertThat(engine.list()).hasSameSizeAs(model.things.keySet());
            for (ObjectStatus status : engine.list()) {
                ObjectModel.Thing thing = model.thing((int) status.id().first());
                assertThat(status.references()).isEqualTo(thing.references.size());
                assertThat(status.state() == ObjectStatus.State.SEALED).isEqualTo(thing.sealed);
                assertThat(sessions.getFirst().contains(status.id())).isEqualTo(thing.sealed);
            }
        }

        @Override
        public void close() {
            engine.close();
            assertThat(arena.statistics().pinned()).isZero();
            arena.close();
        }
    }
}
