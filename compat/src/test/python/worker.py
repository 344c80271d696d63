"""A client in a process of its own, started by test_processes: worker.py ROLE PATH [NUMBER]."""

import hashlib
import os
import random
import sys
import time

import alluxio
from alluxio import option
from alluxio.exceptions import AlreadyExistsError

from support import content


def write_and_read(client, path, number):
    """Writes and reads back files of random sizes; prints one digest a file."""
    chosen = random.Random(number)
    for turn in range(20):
        data = content(chosen.choice([0, 10, 5000, 200000]), seed=number * 1000 + turn)
        name = '%s/p%d-%d' % (path, number, turn)
        with client.open(name, 'w') as writer:
            writer.write(data)
        with client.open(name, 'r') as reader:
            if reader.read() != data:
                sys.exit('wrong content in ' + name)
        print(name, hashlib.sha256(data).hexdigest(), flush=True)


def race(client, path, number):
    """Tries to create the same fifty files as everybody else; prints those it got."""
    for turn in range(50):
        try:
            stream = client.create_file('%s/r%d' % (path, turn))
        except AlreadyExistsError:
            continue
        client.write(stream).write(b'%d' % number)
        client.close(stream)
        print(turn, flush=True)


def write_for_ever(client, path, number):
    """Sends one endless body; prints the stream id first."""
    stream = client.create_file(path)
    print(stream, flush=True)

    def body():
        while True:
            yield b'x' * 65536
            time.sleep(0.001)

    client.write(stream).write(body())


def read_and_wait(client, path, number):
    """Reads one byte and keeps the rest of the body waiting."""
    stream = client.open_file(path, option.OpenFile())
    client.read(stream).read(1)
    print(stream, flush=True)
    time.sleep(600)


def main():
    role, path, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
    client = alluxio.Client(os.environ['ALLUXIO_HOST'], int(os.environ['ALLUXIO_PORT']))
    roles = [write_and_read, race, write_for_ever, read_and_wait]
    {known.__name__: known for known in roles}[role](client, path, number)


if __name__ == '__main__':
    main()
