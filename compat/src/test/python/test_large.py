"""Files larger than what either side should hold in memory."""

import hashlib
import os

import pytest
from alluxio import option, wire

from support import MIB

SIZE = int(os.environ.get('FOREBAY_LARGE_MIB', '1024'))
PIECE = os.urandom(MIB - 8)


def pieces(count):
    for number in range(count):
        yield number.to_bytes(8, 'big') + PIECE


@pytest.mark.parametrize('write_type', [
    wire.WRITE_TYPE_CACHE_THROUGH,
    pytest.param(wire.WRITE_TYPE_THROUGH, marks=pytest.mark.slow),
    pytest.param(wire.WRITE_TYPE_ASYNC_THROUGH, marks=pytest.mark.slow)])
def test_gigabyte_through_the_root(client, root, write_type):
    check(client, root + '/large', write_type)


@pytest.mark.server_only
def test_gigabyte_through_a_mounted_folder(client, mount):
    mounted = mount()
    check(client, mounted / 'large', wire.WRITE_TYPE_CACHE_THROUGH)


def check(client, path, write_type):
    wanted, got, length = hashlib.sha256(), hashlib.sha256(), 0
    with client.open(path, 'w', option.CreateFile(write_type=write_type)) as writer:
        assert writer.write(pieces(SIZE)) == SIZE * MIB
    for piece in pieces(SIZE):
        wanted.update(piece)
    status = client.get_status(path)
    assert status.length == SIZE * MIB
    assert len(status.block_ids) == -(-SIZE * MIB // status.block_size_bytes)
    with client.open(path, 'r') as reader:
        while piece := reader.read(MIB):
            got.update(piece)
            length += len(piece)
    assert length == SIZE * MIB
    assert got.digest() == wanted.digest()
    client.delete(path)


def test_file_of_many_blocks(client, root):
    with client.open(root + '/f', 'w', option.CreateFile(block_size_bytes=64 * 1024)) as writer:
        writer.write(pieces(20))
    status = client.get_status(root + '/f')
    assert len(status.file_block_infos) == 320
    assert sum(block.block_info.length for block in status.file_block_infos) == 20 * MIB
    with client.open(root + '/f', 'r') as reader:
        assert reader.read() == b''.join(pieces(20))
