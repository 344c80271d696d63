"""Files larger than what either side should hold in memory."""

import hashlib
import os

import pytest

from support import MIB

PIECE = os.urandom(MIB - 8)


def pieces(count):
    for number in range(count):
        yield number.to_bytes(8, 'big') + PIECE


@pytest.mark.parametrize('size', [100, pytest.param(1024, marks=pytest.mark.slow)])
def test_hdfs(client, root, size):
    client.write(root + '/large', pieces(size))
    check(client, root + '/large', size)


@pytest.mark.parametrize('size', [100, pytest.param(1024, marks=pytest.mark.slow)])
def test_fsspec(client, fs, root, size):
    with fs.open(root + '/large', 'wb', block_size=8 * MIB) as writer:
        for piece in pieces(size):
            writer.write(piece)
    check(client, root + '/large', size)


def check(client, path, size):
    wanted, got, length = hashlib.sha256(), hashlib.sha256(), 0
    for piece in pieces(size):
        wanted.update(piece)
    assert client.status(path)['length'] == size * MIB
    with client.read(path, chunk_size=MIB) as chunks:
        for chunk in chunks:
            got.update(chunk)
            length += len(chunk)
    assert length == size * MIB
    assert got.digest() == wanted.digest()
