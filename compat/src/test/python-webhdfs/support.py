"""Short forms of what most tests do through the clients."""

import contextlib
import random

import pytest
from hdfs import HdfsError

KIB = 1024
MIB = 1024 * 1024

# below and above what Forebay keeps beside the name rather than in a block of its own
SIZES = [5, 100 * 1000]


def content(size, seed=1):
    """The same bytes for the same size and seed."""
    return random.Random(seed).randbytes(size)


def read(client, path, **options):
    with client.read(path, **options) as reader:
        return reader.read()


@contextlib.contextmanager
def refused(exception):
    """Expects the server's exception of this name."""
    with pytest.raises(HdfsError) as caught:
        yield caught
    assert caught.value.exception == exception, caught.value


def error(response):
    """Status, exception and Java class of a refusal."""
    told = response.json()['RemoteException']
    assert set(told) == {'exception', 'javaClassName', 'message'}
    return response.status_code, told['exception'], told['javaClassName']
