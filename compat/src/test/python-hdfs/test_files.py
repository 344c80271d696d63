"""Writing and reading."""

import os
import threading

import pytest

from hdfs_native import WriteOptions

from support import MIB, SIZES, as_user, content, read, write

CLIENTS = 8


@pytest.mark.parametrize('size', SIZES)
def test_bytes_come_back(client, home, size):
    data = content(size)
    path = write(client, home + '/f', data)
    assert read(client, path) == data
    assert client.get_file_info(path).length == size


@pytest.mark.parametrize('block_size', [512, 1536, 64 * 1024, 1_000_448])
def test_blocks_of_odd_sizes(client, home, block_size):
    data = content(7 * block_size + 13)
    path = write(client, home + '/f', data, block_size=block_size)
    assert read(client, path) == data
    assert client.get_file_info(path).blocksize == block_size


def test_reading_anywhere(client, home):
    data = content(3 * MIB)
    path = write(client, home + '/f', data, block_size=MIB)
    with client.read(path) as reader:
        assert len(reader) == len(data)
        for offset in (0, 1, 511, 512, MIB - 1, MIB, 2 * MIB + 7, 3 * MIB - 1):
            for length in (1, 512, 100_000):
                length = min(length, len(data) - offset)
                assert reader.read_range(offset, length) == data[offset:offset + length]
        reader.seek(MIB - 5)
        assert reader.read(10) == data[MIB - 5:MIB + 5]
        assert reader.tell() == MIB + 5
        reader.seek(-3, os.SEEK_END)
        assert reader.read() == data[-3:]
        assert reader.read(1) == b''


def test_streaming(client, home):
    data = content(5 * MIB + 3)
    path = write(client, home + '/f', data)
    with client.read(path) as reader:
        assert b''.join(reader) == data
        assert b''.join(reader.read_range_stream(MIB + 1, 2 * MIB)) == data[MIB + 1:3 * MIB + 1]


def test_many_small_writes(client, home):
    data = content(200_000)
    with client.create(home + '/f') as writer:
        for offset in range(0, len(data), 777):
            writer.write(data[offset:offset + 777])
    assert read(client, home + '/f') == data


def test_create_replaces_only_when_asked(client, home):
    write(client, home + '/f', b'old')
    with pytest.raises(FileExistsError):
        client.create(home + '/f')
    write(client, home + '/f', b'new', overwrite=True)
    assert read(client, home + '/f') == b'new'
    client.mkdirs(home + '/d')
    with pytest.raises(FileExistsError):
        client.create(home + '/d', WriteOptions(overwrite=True))


def test_create_options(client, home):
    path = write(
        client, home + '/p/f', create_parent=True, permission=0o640, replication=2, block_size=MIB)
    status = client.get_file_info(path)
    assert (status.permission, status.replication, status.blocksize) == (0o640, 2, MIB)
    with pytest.raises(FileNotFoundError):
        client.create(home + '/missing/f', WriteOptions(create_parent=False))
    with pytest.raises(RuntimeError, match='ParentNotDirectoryException'):
        client.create(path + '/below')


@pytest.mark.parametrize('size', SIZES)
def test_append(client, home, size):
    data = content(size)
    path = write(client, home + '/f', data, replication=3, block_size=MIB)
    expected = data
    for more in (b'x', content(511, 2), content(100_000, 3)):
        with client.append(path) as writer:
            writer.write(more)
        expected += more
        assert read(client, path) == expected
    assert client.get_file_info(path).replication == 3


def test_append_errors(client, home):
    with pytest.raises(FileNotFoundError):
        client.append(home + '/missing')
    with pytest.raises(FileNotFoundError):
        client.append(home)
    with client.create(home + '/f') as writer:
        writer.write(b'x')
        # AlreadyBeingCreatedException, which hdfs-native turns into this
        with pytest.raises(FileExistsError, match='already being created'):
            as_user('root').append(home + '/f')


def test_what_is_synced_is_seen_by_another(client, home):
    data = content(300_000)
    other = as_user('root')
    written = 0
    with client.create(home + '/f', WriteOptions(block_size=MIB)) as writer:
        for count in (1, 10, 511, 512, 513, 65_536, 100_000):
            writer.write(data[written:written + count])
            writer.hsync()
            written += count
            assert other.get_file_info(home + '/f').length == written
            assert read(other, home + '/f') == data[:written]
    assert read(other, home + '/f') == data[:written]


def test_a_lease_can_be_taken_away(client, home):
    writer = client.create(home + '/f')
    writer.write(b'abc')
    writer.hsync()
    assert as_user('root').recover_lease(home + '/f')
    assert read(client, home + '/f') == b'abc'
    with pytest.raises(RuntimeError):
        writer.write(b'd')
        writer.close()


def test_reading_what_cannot_be_read(client, home):
    with pytest.raises(FileNotFoundError):
        client.read(home + '/missing')
    with pytest.raises(FileNotFoundError):
        client.read(home)


def test_a_deleted_files_writer_is_told_so(client, home):
    writer = client.create(home + '/f')
    writer.write(b'x')
    assert client.delete(home + '/f')
    with pytest.raises((FileNotFoundError, RuntimeError)):
        writer.close()


def test_eight_clients_at_once(client, home):
    failures = []
    clients = [as_user('root') for _ in range(CLIENTS)]

    def run(number):
        try:
            mine = clients[number]
            for turn in range(5):
                data = content(200_000 + number, seed=turn)
                path = write(mine, f'{home}/{number}-{turn}', data)
                assert read(mine, path) == data
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert client.get_content_summary(home).file_count == CLIENTS * 5


def test_a_hundred_megabytes(client, home):
    data = content(MIB + 1)
    with client.create(home + '/f', WriteOptions(block_size=16 * MIB + 512)) as writer:
        for _ in range(100):
            writer.write(data)
    with client.read(home + '/f') as reader:
        for _ in range(100):
            assert reader.read(len(data)) == data
        assert reader.read(1) == b''
