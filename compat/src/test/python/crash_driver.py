"""Writes through the real client while the server is killed, and remembers what was acknowledged.

Started with the folder to mount. Commands on standard input, one line each:

    load PORT ROUND    starts the writers of a round; answers when each had an acknowledgement
    verify PORT        compares what the server shows with this and the previous round
    verify-all PORT    compares all rounds that are still remembered

An answer is any number of lines, the last of which starts with "ok" or "failed".
"""

import hashlib
import os
import random
import sys
import threading
import traceback

import alluxio
import requests
import urllib3
from alluxio import option, wire
from alluxio.exceptions import AlluxioError, DataLossError, HTTPError, NotFoundError

WRITERS = 4
ROUNDS_REMEMBERED = 20
SIZES = [0, 10, 4000, 70000, 300000, 2000000]
WEIGHTS = [1, 4, 4, 3, 2, 1]
KEPT_TYPES = [wire.WRITE_TYPE_CACHE_THROUGH, wire.WRITE_TYPE_THROUGH,
              wire.WRITE_TYPE_ASYNC_THROUGH]
POOL = os.urandom(4 * 1000 * 1000)
GONE = (HTTPError, requests.RequestException, urllib3.exceptions.HTTPError, ConnectionError)
MOUNT = '/mounted'


class Wrong(Exception):
    """What the server shows is not what it acknowledged."""


class Writer(threading.Thread):
    """One client and what it was told. Paths are its own, so that nobody else changes them.

    planned: path -> digest of every content ever sent there
    present: path -> digest, acknowledged and durable
    gone: paths whose removal was acknowledged
    unsure: paths of the operation that was under way when the server died
    """

    def __init__(self, port, folder, number, seed):
        super().__init__(daemon=True)
        self.client = alluxio.Client('127.0.0.1', port)
        self.folder = folder
        self.number = number
        self.random = random.Random(seed)
        self.planned, self.present, self.gone, self.unsure = {}, {}, set(), []
        self.acknowledged = threading.Event()
        self.surprise = None

    def run(self):
        try:
            count = 0
            while True:
                count += 1
                self.turn(self.folder + '/w%d-%d' % (self.number, count))
                self.unsure = []
                self.acknowledged.set()
        except GONE:
            pass
        except Exception:  # kept for the verifier, which reports it
            self.surprise = traceback.format_exc()
        self.acknowledged.set()

    def turn(self, path):
        size = self.random.choices(SIZES, WEIGHTS)[0]
        start = self.random.randrange(len(POOL) - size)
        data = POOL[start:start + size]
        digest = hashlib.sha256(data).digest()
        kept = self.random.random() < 0.9
        kind = self.random.choice(KEPT_TYPES) if kept else wire.WRITE_TYPE_MUST_CACHE
        self.planned[path] = digest
        self.unsure = [path]
        with self.client.open(path, 'w', option.CreateFile(write_type=kind)) as writer:
            for piece in range(0, size, 500000):
                writer.write(data[piece:piece + 500000])
        if kept:
            self.present[path] = digest
            self.afterwards(path, digest)

    def afterwards(self, path, digest):
        chance = self.random.random()
        if chance < 0.15:
            self.planned[path + '-r'] = digest
            self.unsure = [path, path + '-r']
            del self.present[path]
            self.client.rename(path, path + '-r')
            self.present[path + '-r'] = digest
            self.gone.add(path)
        elif chance < 0.25:
            self.unsure = [path]
            del self.present[path]
            self.client.delete(path)
            self.gone.add(path)


class Round:
    """The writers of one round, half of them in the root and half in the mounted folder."""

    def __init__(self, port, number):
        client = alluxio.Client('127.0.0.1', port)
        self.folders = ['/crash%d' % number, '%s/crash%d' % (MOUNT, number)]
        for folder in self.folders:
            client.create_directory(folder, option.CreateDirectory(
                write_type=wire.WRITE_TYPE_CACHE_THROUGH))
        self.writers = [Writer(port, self.folders[index % 2], index, number * 100 + index)
                        for index in range(WRITERS)]
        for writer in self.writers:
            writer.start()
        for writer in self.writers:
            if not writer.acknowledged.wait(30):
                raise Wrong('no acknowledgement in 30 s')

    def join(self):
        for writer in self.writers:
            writer.join(30)
            if writer.is_alive():
                raise Wrong('a writer did not notice that the server is gone')
            if writer.surprise:
                raise Wrong('while writing: ' + writer.surprise)

    def verify(self, client, mounted):
        listed = {}
        for folder in self.folders:
            for status in client.list_status(folder):
                listed[status.path] = status
        for writer in self.writers:
            verify_acknowledged(writer, listed)
        planned = {path: digest for writer in self.writers
                   for path, digest in writer.planned.items()}
        unsure = {path for writer in self.writers for path in writer.unsure}
        verify_listed(client, listed, planned, unsure)
        for writer in self.writers:
            verify_renamed(client, writer)
        verify_under_store(mounted, planned)
        return sum(len(writer.present) for writer in self.writers), len(listed)

    def remove(self, client):
        for folder in self.folders:
            client.delete(folder, option.Delete(recursive=True))


def digest_of(client, path):
    with client.open(path, 'r') as reader:
        return hashlib.sha256(reader.read()).digest()


def verify_acknowledged(writer, listed):
    for path in writer.present:
        if path not in listed:
            raise Wrong('acknowledged but gone: ' + path)
        if not listed[path].completed:
            raise Wrong('acknowledged but incomplete: ' + path)
        if listed[path].persistence_state.name == 'LOST':
            raise Wrong('acknowledged but lost: ' + path)
    for path in writer.gone:
        if path in listed:
            raise Wrong('removed but there: ' + path)


def verify_renamed(client, writer):
    """A rename under way when the server died was done or was not."""
    if len(writer.unsure) == 2:
        there = [path for path in writer.unsure if client.exists(path)]
        if len(there) != 1:
            raise Wrong('half renamed: %s, there: %s' % (writer.unsure, there))
        if digest_of(client, there[0]) != writer.planned[there[0]]:
            raise Wrong('renamed with the wrong content: ' + there[0])


def verify_listed(client, listed, planned, unsure):
    """Every complete file has a content that was sent. One whose removal or renaming was under
    way may turn out to be gone from the under store when it is touched."""
    for path, status in listed.items():
        if path not in planned:
            raise Wrong('nobody made ' + path)
        if not status.completed:
            continue
        try:
            if digest_of(client, path) != planned[path]:
                raise Wrong('wrong content: ' + repr(status))
        except DataLossError:
            if status.persistence_state.name != 'LOST':
                raise
        except NotFoundError:
            if path not in unsure:
                raise Wrong('listed but not found: ' + repr(status))


def verify_under_store(mounted, planned):
    for path, digest in planned.items():
        local = mounted + path[len(MOUNT):]
        if path.startswith(MOUNT + '/') and os.path.exists(local):
            with open(local, 'rb') as file:
                if hashlib.sha256(file.read()).digest() != digest:
                    raise Wrong('wrong content in the under store: ' + local)


class Driver:
    def __init__(self, mounted):
        self.mounted = mounted
        self.rounds = []

    def load(self, port, number):
        client = alluxio.Client('127.0.0.1', port)
        if not client.exists(MOUNT):
            client.mount(MOUNT, self.mounted)
        self.rounds.append(Round(port, number))
        return ''

    def verify(self, port, rounds=2):
        client = alluxio.Client('127.0.0.1', port)
        self.rounds[-1].join()
        counts = [known.verify(client, self.mounted) for known in self.rounds[-rounds:]]
        if len(self.rounds) > ROUNDS_REMEMBERED:
            oldest = self.rounds.pop(0)
            oldest.verify(client, self.mounted)
            oldest.remove(client)
        return 'acknowledged=%d listed=%d' % tuple(map(sum, zip(*counts)))

    def verify_all(self, port):
        return self.verify(port, len(self.rounds))


def main():
    driver = Driver(sys.argv[1])
    for line in sys.stdin:
        name, *arguments = line.split()
        try:
            answer = getattr(driver, name.replace('-', '_'))(*map(int, arguments))
        except (Wrong, AlluxioError) + GONE:
            print(traceback.format_exc() + 'failed', flush=True)
        else:
            print('ok ' + answer, flush=True)


if __name__ == '__main__':
    main()
