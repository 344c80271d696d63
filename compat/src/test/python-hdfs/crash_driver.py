"""Writes through hdfs-native while the node is killed, and remembers what was acknowledged.

Started with a seed. Commands on standard input, one line each:

    load PORT ROUND    starts the writers of a round; answers when each had an acknowledgement
    verify PORT        compares what the node shows with this and the previous round
    verify-all PORT    compares all rounds that are still remembered

An answer is any number of lines, the last of which starts with "ok" or "failed".
"""

import collections
import logging
import random
import sys
import threading
import time
import traceback
from dataclasses import dataclass, replace

from hdfs_native import Client, WriteOptions

KIB = 1024
MIB = 1024 * 1024
WRITERS = 4
ROUNDS_REMEMBERED = 10
ROUNDS_FOR_ALL_KINDS = 20
SIZES = [0, 10, 4 * KIB, 70_000, 300_000, 3 * MIB]
WEIGHTS = [1, 3, 8, 4, 2, 1]
PIECE = 100_000
JOIN_SECONDS = 1
POOL = b''
# a node that is gone does not come back where it was
SETTINGS = {'dfs.client.failover.max.attempts': '1'}


class Wrong(Exception):
    """What the node shows is not what it acknowledged."""


@dataclass(frozen=True)
class File:
    """What must be at a path: bytes of the content, from so many to so many.

    pieces: the content, as (start, length) in POOL
    least: bytes acknowledged as durable
    most: bytes sent
    """

    pieces: tuple
    least: int
    most: int

    @staticmethod
    def whole(pieces):
        length = sum(length for _, length in pieces)
        return File(pieces, length, length)

    def content(self):
        return b''.join(POOL[start:start + length] for start, length in self.pieces)

    def fits(self, found):
        if found is None or not self.least <= len(found) <= self.most:
            return False
        return self.content()[:len(found)] == found

    def cut(self, length):
        pieces = []
        left = length
        for start, size in self.pieces:
            pieces.append((start, min(size, left)))
            left -= pieces[-1][1]
        return File(tuple(pieces), length, length)

    def __repr__(self):
        return '%d to %d bytes' % (self.least, self.most)


class Writer(threading.Thread):
    """One client and what it was told. Paths are its own, so that nobody else changes them.

    known: path -> File, or None where nothing must be, as acknowledged
    doubt: the same for the call that was under way when the node died, had it been done
    open: path of the file that was under construction then
    """

    def __init__(self, port, prefix, seed):
        super().__init__(daemon=True)
        self.port = port
        self.client = connect(port)
        self.prefix = prefix
        self.random = random.Random(seed)
        self.count = 0
        self.known, self.doubt, self.open = {}, {}, None
        self.kinds = collections.Counter()
        self.acknowledged = threading.Event()
        self.surprise = None

    def run(self):
        try:
            while True:
                self.turn()
                self.acknowledged.set()
        except Exception:  # kept for the verifier, which reports it
            error = traceback.format_exc()
            if answers(self.port):
                self.surprise = error
        self.acknowledged.set()

    def turn(self):
        there = [path for path, file in self.known.items() if file]
        kinds = [self.make, self.make_synced]
        if len(there) > 1:
            kinds += [self.make, self.append, self.make_over, self.rename, self.rename_over,
                      self.delete]
        kind = self.random.choice(kinds)
        kind(there)
        self.kinds[kind.__name__] += 1

    def path(self):
        self.count += 1
        return '%s-%d' % (self.prefix, self.count)

    def change(self, after, call, *arguments):
        """Makes a call after which the paths are as given; until it is acknowledged, perhaps."""
        self.doubt = after
        result = call(*arguments)
        self.known.update(after)
        self.doubt = {}
        return result

    def make(self, _):
        self.write(self.path(), self.random.choices(SIZES, WEIGHTS)[0], 0)

    def make_synced(self, _):
        self.write(self.path(), self.random.choices(SIZES, WEIGHTS)[0], 0.5)

    def make_over(self, there):
        self.write(self.random.choice(there), self.random.choices(SIZES, WEIGHTS)[0], 0.2)

    def write(self, path, size, syncs):
        more = self.random_piece(size)
        options = WriteOptions(block_size=MIB, overwrite=path in self.known)
        self.open = path
        writer = self.change({path: File((more,), 0, 0)}, self.client.create, path, options)
        self.fill(path, writer, more, syncs)

    def append(self, there):
        path = self.random.choice(there)
        more = self.random_piece(self.random.choice(SIZES[:-1]))
        before = self.known[path]
        after = replace(before, pieces=before.pieces + (more,))
        self.open = path
        writer = self.change({path: after}, self.client.append, path)
        self.fill(path, writer, more, self.random.choice([0, 0.5]))

    def fill(self, path, writer, piece, syncs):
        start, length = piece
        for offset in range(0, length, PIECE):
            count = min(PIECE, length - offset)
            file = self.known[path]
            self.known[path] = replace(file, most=file.most + count)
            writer.write(POOL[start + offset:start + offset + count])
            if self.random.random() < syncs:
                writer.hsync()
                self.known[path] = replace(self.known[path], least=self.known[path].most)
                self.kinds['hsync'] += 1
        writer.close()
        self.known[path] = replace(self.known[path], least=self.known[path].most)
        self.open = None

    def random_piece(self, size):
        size = self.random.randint(size // 2, size) if size > MIB else size
        return self.random.randrange(len(POOL) - size), size

    def rename(self, there):
        source, target = self.random.choice(there), self.path()
        after = {source: None, target: self.known[source]}
        self.change(after, self.client.rename, source, target)

    def rename_over(self, there):
        source, target = self.random.sample(there, 2)
        after = {source: None, target: self.known[source]}
        self.change(after, self.client.rename, source, target, True)

    def delete(self, there):
        path = self.random.choice(there)
        if not self.change({path: None}, self.client.delete, path):
            raise Wrong('not there to delete: ' + path)


class Round:
    """The writers of one round, in a folder of their own."""

    def __init__(self, port, number, seed):
        client = connect(port)
        self.number = number
        self.folder = '/crash%d' % number
        client.mkdirs(self.folder)
        self.writers = [
            Writer(port, '%s/w%d' % (self.folder, index), '%d %d %d' % (seed, number, index))
            for index in range(WRITERS)]
        for writer in self.writers:
            writer.start()
        for writer in self.writers:
            if not writer.acknowledged.wait(30):
                raise Wrong('no acknowledgement in 30 s')

    def join(self):
        """The node is gone. A client whose connection went at the wrong moment may wait for ever,
        so that nobody waits for it: it is told nothing more."""
        deadline = time.monotonic() + JOIN_SECONDS
        for writer in self.writers:
            writer.join(max(0, deadline - time.monotonic()))
            if writer.surprise:
                raise Wrong('while writing: ' + writer.surprise)

    def verify(self, client):
        for writer in self.writers:
            recover(client, writer)
        listed = {status.path: status for status in client.list_status(self.folder)}
        for writer in self.writers:
            settle(client, writer, listed)
        if listed:
            raise Wrong('nobody made ' + ', '.join(listed))
        return sum(1 for writer in self.writers for file in writer.known.values() if file)


def connect(port):
    return Client('hdfs://127.0.0.1:%d' % port, SETTINGS)


def answers(port):
    """Only a node that lives answers a call; one that does must not have refused another. The
    client is a fresh one, since one whose connection has just gone may wait for ever."""
    try:
        connect(port).get_file_info('/')
        return True
    except Exception:
        return False


def content_of(client, path):
    try:
        return client.read(path).read()
    except FileNotFoundError:
        return None


def expected(writer, path):
    """What may be at a path, as acknowledged and, if something was under way, as wished."""
    files = [writer.known.get(path)]
    return files + [writer.doubt[path]] if path in writer.doubt else files


def fits(file, found):
    return found is None if file is None else file.fits(found)


def recover(client, writer):
    """Whoever died had a file open: it can be read, ended by another, and has what it had."""
    if writer.open is None:
        return
    path = writer.open
    before = content_of(client, path)
    require(writer, path, before)
    if before is None:
        return
    if not client.recover_lease(path):
        raise Wrong('the lease cannot be taken: ' + path)
    after = content_of(client, path)
    if after != before:
        raise Wrong('%s: %d bytes, %s after recovery' % (
            path, len(before), 'gone' if after is None else '%d bytes' % len(after)))


def require(writer, path, found):
    files = expected(writer, path)
    if not any(fits(file, found) for file in files):
        raise Wrong('%s: expected %s, found %s' % (
            path, ' or '.join(map(repr, files)), 'nothing' if found is None else
            '%d bytes' % len(found)))


def settle(client, writer, listed):
    """Takes the writer's paths from the listing, and what was in doubt for what it became."""
    paths = set(writer.known) | set(writer.doubt)
    found = {path: content_of(client, path) for path in paths}
    for path in paths:
        require(writer, path, found[path])
        status = listed.pop(path, None)
        if (status is None) != (found[path] is None):
            raise Wrong('listed as %s but read as %s: %s' % (status, found[path], path))
        if status is not None and status.length != len(found[path]):
            raise Wrong('%s: length %d but %d bytes' % (path, status.length, len(found[path])))
    worlds = [writer.known, {**writer.known, **writer.doubt}]
    matching = [world for world in worlds
                if all(fits(world.get(path), found[path]) for path in paths)]
    if not matching:
        raise Wrong('half done: %s, found %s' % (
            writer.doubt, {path: found[path] is not None for path in writer.doubt}))
    writer.known = {path: file and file.cut(len(found[path]))
                    for path, file in matching[-1].items()}
    if writer.open is not None and found[writer.open] is not None:
        continue_file(client, writer, writer.open)
    writer.doubt, writer.open = {}, None


def continue_file(client, writer, path):
    """What was recovered is a file like any other."""
    piece = (7, 1000)
    with client.append(path) as stream:
        stream.write(POOL[7:1007])
    writer.known[path] = File.whole(writer.known[path].pieces + (piece,))
    if not writer.known[path].fits(content_of(client, path)):
        raise Wrong('wrong content after an append: ' + path)


class Driver:
    def __init__(self, seed):
        self.seed = seed
        self.rounds = []
        self.kinds = collections.Counter()
        self.half = 0

    def load(self, port, number):
        self.rounds.append(Round(port, number, self.seed))
        return ''

    def verify(self, port, rounds=2):
        client = connect(port)
        newest = self.rounds[-1]
        newest.join()
        for writer in newest.writers:
            self.half += writer.open is not None or bool(writer.doubt)
            self.kinds.update(writer.kinds)
            writer.kinds.clear()
        files = sum(known.verify(client) for known in self.rounds[-rounds:])
        if len(self.rounds) > ROUNDS_REMEMBERED:
            oldest = self.rounds.pop(0)
            oldest.verify(client)
            client.delete(oldest.folder, True)
        return 'acknowledged=%d files=%d' % (self.kinds.total(), files)

    def verify_all(self, port):
        answer = self.verify(port, len(self.rounds))
        names = {'hsync', 'make', 'make_synced', 'append', 'make_over', 'rename', 'rename_over',
                 'delete'}
        missing = names - set(self.kinds)
        if missing and self.rounds[-1].number >= ROUNDS_FOR_ALL_KINDS:
            raise Wrong('never acknowledged: ' + ', '.join(missing))
        return '%s under-way=%d %s' % (answer, self.half, dict(self.kinds))


def main():
    global POOL
    seed = int(sys.argv[1])
    POOL = random.Random(seed).randbytes(8 * MIB)
    # writers that Python drops try to end their files once more, at nodes that are gone
    sys.unraisablehook = lambda _: None
    logging.disable()
    driver = Driver(seed)
    for line in sys.stdin:
        name, *arguments = line.split()
        try:
            answer = getattr(driver, name.replace('-', '_'))(*map(int, arguments))
        except Exception:  # whatever it is, the test has failed
            print(traceback.format_exc() + 'failed', flush=True)
        else:
            print('ok ' + answer, flush=True)


if __name__ == '__main__':
    main()
