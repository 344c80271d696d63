"""Short forms of what most tests do through the client, and waiting with a bound."""

import random
import time

import numpy as np
import pyarrow.plasma as plasma
import pytest

KIB = 1024
MIB = 1024 * 1024


def new_id():
    return plasma.ObjectID.from_random()


def content(size, seed=1):
    """The same bytes for the same size and seed."""
    return random.Random(seed).randbytes(size)


def write(client, size, metadata=b'', object_id=None, seed=1):
    """Creates an object, fills and seals it; the client holds nothing afterwards."""
    object_id = object_id or new_id()
    buffer = client.create(object_id, size, metadata)
    if size:
        np.frombuffer(buffer, dtype='u1')[:] = np.frombuffer(content(size, seed), dtype='u1')
    client.seal(object_id)
    return object_id


def state(client, object_id):
    return client.list()[object_id]['state']


def references(client, object_id):
    return client.list()[object_id]['ref_count']


def absent(client, object_id):
    return not client.contains(object_id) and object_id not in client.list()


def eventually(condition, seconds=10.0):
    """Polls until the condition holds and returns its value; fails after the given time."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            pytest.fail('not within %s s: last value %r' % (seconds, value))
        time.sleep(0.01)
