"""Clients that stop in the middle for longer than common time-outs, while other tests run."""

import concurrent.futures
import os
import time
import uuid

from alluxio import option

from raw_http import RawHttp
from support import MIB, content

SECONDS = float(os.environ.get('FOREBAY_PAUSE_SECONDS', '40'))


class Pauses:
    """Starts all the pauses at once; each result is awaited by the test that asks for it."""

    def __init__(self, new_client):
        self.root = '/pauses' + uuid.uuid4().hex
        self.new_client = new_client
        new_client().create_directory(self.root)
        pool = concurrent.futures.ThreadPoolExecutor(4)
        self.reader = pool.submit(self.stall_reader)
        self.writer = pool.submit(self.stall_writer)
        self.trickle = pool.submit(self.trickle_reader)
        self.idle = pool.submit(self.idle_connection)
        pool.shutdown(wait=False)

    def path_of(self, name, data):
        path = self.root + '/' + name
        client = self.new_client()
        with client.open(path, 'w') as writer:
            writer.write(data)
        return path

    def stall_reader(self):
        """Reads one byte, stops, reads the rest."""
        data = content(64 * MIB)
        client = self.new_client()
        with client.open(self.path_of('reader', data), 'r') as reader:
            first = reader.read(1)
            time.sleep(SECONDS)
            return first + reader.read() == data

    def trickle_reader(self):
        """Reads a little each second, slower than any socket buffer drains."""
        data = content(32 * MIB, seed=2)
        client = self.new_client()
        with client.open(self.path_of('trickle', data), 'r') as reader:
            pieces = []
            for _ in range(int(SECONDS)):
                pieces.append(reader.read(1000))
                time.sleep(1)
            return b''.join(pieces) + reader.read() == data

    def stall_writer(self):
        """Sends half of a body, stops, sends the other half."""
        halves = [content(MIB, seed=3), content(MIB, seed=4)]

        def body():
            yield halves[0]
            time.sleep(SECONDS)
            yield halves[1]

        path = self.root + '/writer'
        client = self.new_client()
        with client.open(path, 'w', option.CreateFile()) as writer:
            writer.write(body())
        with client.open(path, 'r') as reader:
            return reader.read() == b''.join(halves)

    def idle_connection(self):
        """Uses a connection, leaves it idle, uses the same one again."""
        client = self.new_client()
        with RawHttp(client.host, client.port) as raw:
            raw.post('/', 'exists')
            socket_before = raw.connection.sock
            time.sleep(SECONDS)
            answer = raw.post('/', 'exists')
            return answer.json() is True and raw.connection.sock is socket_before
