"""Short forms of what most tests do through the client, and waiting with a bound."""

import contextlib
import random
import time

import pytest
from alluxio import option, wire

KIB = 1024
MIB = 1024 * 1024

# below and above what Forebay keeps beside the name rather than in a block of its own
SIZES = [5, 100 * 1000]

SYNC = {'commonOptions': {'syncIntervalMs': 0}}


def content(size, seed=1):
    """The same bytes for the same size and seed."""
    return random.Random(seed).randbytes(size)


def write(client, path, data=b'data', **options):
    """Creates a file with the given content and CreateFile options; returns its path."""
    with client.open(path, 'w', option.CreateFile(**options)) as writer:
        if data:
            assert writer.write(data) == len(data)
    return path


def read(client, path, **options):
    with client.open(path, 'r', option.OpenFile(**options)) as reader:
        return reader.read()


def mkdir(client, path, **options):
    client.create_directory(path, option.CreateDirectory(**options))
    return path


def names(client, path, **options):
    return client.ls(path, option.ListStatus(**options))


def mode(owner, group, other):
    """A wire.Mode from three octal digits."""
    bits = [wire.BITS_NONE, wire.BITS_EXECUTE, wire.BITS_WRITE, wire.BITS_WRITE_EXECUTE,
            wire.BITS_READ, wire.BITS_READ_EXECUTE, wire.BITS_READ_WRITE, wire.BITS_ALL]
    return wire.Mode(bits[owner], bits[group], bits[other])


def last(path):
    return path.rstrip('/').rsplit('/', 1)[-1]


@contextlib.contextmanager
def raises(error, path):
    """Expects exactly this class, not a subclass, with the path's last name in the message."""
    with pytest.raises(error) as caught:
        yield
    assert type(caught.value) is error, caught.value
    assert last(path) in caught.value.message


def eventually(condition, seconds=5.0):
    """Polls until the condition holds and returns its value; fails after the given time."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            pytest.fail('not within %s s: last value %r' % (seconds, value))
        time.sleep(0.05)


def persisted(client, path, seconds=10.0):
    """Waits until the path is in the under store; returns its status."""
    def status():
        found = client.get_status(path)
        return found if found.persistence_state.name == 'PERSISTED' else None
    return eventually(status, seconds)


def in_memory(client, path, percentage, seconds=5.0):
    eventually(lambda: client.get_status(path).in_memory_percentage == percentage, seconds)
