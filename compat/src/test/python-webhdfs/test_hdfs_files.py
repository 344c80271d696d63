"""Bytes of files through the package hdfs."""

import json

import pytest

from support import MIB, SIZES, content, read, refused


@pytest.mark.parametrize('size', [0, *SIZES, 3 * MIB])
def test_what_is_written_is_read(client, root, size):
    client.write(root + '/f', content(size))
    assert read(client, root + '/f') == content(size)
    status = client.status(root + '/f')
    assert (status['length'], status['type']) == (size, 'FILE')


def test_parents_are_made(client, root):
    client.write(root + '/a/b/c', b'x')
    assert client.list(root + '/a') == ['b']


def test_text_with_an_encoding(client, root):
    client.write(root + '/f', 'Grüße\n', encoding='utf-8')
    with client.read(root + '/f', encoding='utf-8') as reader:
        assert reader.read() == 'Grüße\n'


def test_writer_as_a_stream(client, root):
    with client.write(root + '/f', encoding='utf-8') as writer:
        json.dump([1, 2, 3], writer)
    with client.read(root + '/f', encoding='utf-8') as reader:
        assert json.load(reader) == [1, 2, 3]


def test_writer_takes_many_pieces(client, root):
    with client.write(root + '/f') as writer:
        for number in range(1000):
            writer.write(b'%05d\n' % number)
    assert read(client, root + '/f') == b''.join(b'%05d\n' % number for number in range(1000))


def test_generator_is_sent_in_chunks(client, root):
    client.write(root + '/f', (content(1000, seed) for seed in range(300)))
    assert read(client, root + '/f') == b''.join(content(1000, seed) for seed in range(300))


def test_existing_file_is_kept_without_overwrite(client, root):
    client.write(root + '/f', b'old')
    with refused('FileAlreadyExistsException'):
        client.write(root + '/f', b'new')
    assert read(client, root + '/f') == b'old'


def test_overwrite(client, root):
    client.write(root + '/f', content(100_000))
    client.write(root + '/f', b'new', overwrite=True)
    assert read(client, root + '/f') == b'new'


def test_directory_is_not_overwritten(client, root):
    client.makedirs(root + '/d')
    with refused('FileAlreadyExistsException'):
        client.write(root + '/d', b'x', overwrite=True)


def test_options_of_a_new_file(client, root):
    client.write(root + '/f', b'x', permission='640', blocksize=MIB, replication=2)
    status = client.status(root + '/f')
    assert (status['permission'], status['blockSize'], status['replication']) == ('640', MIB, 2)


def test_tiny_block_size_is_refused(client, root):
    with refused('IOException'):
        client.write(root + '/f', b'x', blocksize=511)
    assert client.list(root) == []


def test_file_of_many_blocks(client, root):
    data = content(5 * MIB + 17)
    client.write(root + '/f', data, blocksize=MIB)
    assert read(client, root + '/f') == data
    assert read(client, root + '/f', offset=MIB - 3, length=6) == data[MIB - 3:MIB + 3]


@pytest.mark.parametrize('size', [0, *SIZES])
def test_append(client, root, size):
    client.write(root + '/f', content(size))
    client.write(root + '/f', b'more', append=True)
    client.write(root + '/f', content(size, 2), append=True)
    assert read(client, root + '/f') == content(size) + b'more' + content(size, 2)
    assert client.status(root + '/f')['length'] == 2 * size + 4


def test_append_as_a_stream(client, root):
    client.write(root + '/f', b'a')
    with client.write(root + '/f', append=True) as writer:
        writer.write(b'b')
        writer.write(b'c')
    assert read(client, root + '/f') == b'abc'


def test_append_of_nothing(client, root):
    client.write(root + '/f', b'a')
    client.write(root + '/f', b'', append=True)
    assert read(client, root + '/f') == b'a'


def test_append_to_what_is_not_there(client, root):
    with refused('FileNotFoundException'):
        client.write(root + '/f', b'x', append=True)
    with refused('FileNotFoundException'):
        client.write(root, b'x', append=True)


@pytest.mark.parametrize('size', SIZES)
def test_ranges(client, root, size):
    data = content(size)
    client.write(root + '/f', data)
    assert read(client, root + '/f', offset=2) == data[2:]
    assert read(client, root + '/f', offset=1, length=3) == data[1:4]
    assert read(client, root + '/f', offset=size - 1, length=1000) == data[-1:]
    assert read(client, root + '/f', length=0) == b''


def test_ranges_beyond_the_end(client, root):
    client.write(root + '/f', b'abc')
    for offset in (3, 4, 1000):
        with refused('IOException'):
            read(client, root + '/f', offset=offset)
    client.write(root + '/empty', b'')
    assert read(client, root + '/empty') == b''
    with refused('IOException'):
        read(client, root + '/empty', offset=1)


def test_chunks_and_progress(client, root):
    client.write(root + '/f', content(100_000))
    calls = []
    with client.read(root + '/f', chunk_size=1000, progress=lambda *at: calls.append(at)) as chunks:
        assert b''.join(chunks) == content(100_000)
    assert calls[-1] == (root + '/f', -1)
    assert calls[-2][1] == 100_000


def test_delimiter(client, root):
    client.write(root + '/f', b'a\nb\nc')
    with client.read(root + '/f', encoding='utf-8', delimiter='\n') as lines:
        assert list(lines) == ['a', 'b', 'c']


def test_reading_what_is_no_file(client, root):
    with refused('FileNotFoundException'):
        read(client, root + '/none')
    with refused('FileNotFoundException') as caught:
        read(client, root)
    assert 'not a file' in caught.value.message


def test_reader_keeps_its_file_when_it_is_replaced(client, root):
    old = content(3 * MIB)
    client.write(root + '/f', old)
    with client.read(root + '/f') as reader:
        first = reader.read(1000)
        client.write(root + '/f', b'new', overwrite=True)
        assert first + reader.read() == old
    assert read(client, root + '/f') == b'new'


def test_upload_and_download_of_a_file(client, root, tmp_path):
    (tmp_path / 'f').write_bytes(content(300_000))
    calls = []
    target = client.upload(
        root + '/f', str(tmp_path / 'f'), progress=lambda *at: calls.append(at))
    assert target == root + '/f'
    assert calls[-1][1] == -1
    assert client.download(root + '/f', str(tmp_path / 'copy')) == str(tmp_path / 'copy')
    assert (tmp_path / 'copy').read_bytes() == content(300_000)


def test_upload_into_a_directory_and_over_a_file(client, root, tmp_path):
    (tmp_path / 'f').write_bytes(b'one')
    assert client.upload(root, str(tmp_path / 'f')) == root + '/f'
    (tmp_path / 'f').write_bytes(b'two')
    client.upload(root, str(tmp_path / 'f'), overwrite=True)
    assert read(client, root + '/f') == b'two'
    assert client.list(root) == ['f']


@pytest.mark.parametrize('threads', [1, 4, 0])
def test_trees_by_several_threads(client, root, tmp_path, threads):
    for number in range(12):
        folder = tmp_path / 'tree' / ('d%d' % (number % 3))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ('f%d' % number)).write_bytes(content(20_000, number))
    client.upload(root, str(tmp_path / 'tree'), n_threads=threads)
    assert client.content(root)['fileCount'] == 12
    client.download(root + '/tree', str(tmp_path / 'back'), n_threads=threads)
    for number in range(12):
        back = tmp_path / 'back' / ('d%d' % (number % 3)) / ('f%d' % number)
        assert back.read_bytes() == content(20_000, number)


def test_download_of_what_is_not_there(client, root, tmp_path):
    with refused('FileNotFoundException'):
        client.download(root + '/none', str(tmp_path / 'x'))


def test_parts(client, root):
    for number in range(3):
        client.write(root + '/part-r-%05d' % number, b'%d' % number)
    client.write(root + '/_SUCCESS', b'')
    assert client.parts(root) == ['part-r-%05d' % number for number in range(3)]
    assert client.parts(root, parts=[1]) == ['part-r-00001']
    assert client.parts(root, status=True)[2][1]['length'] == 1


def test_checksum(client, root):
    for name, seed in ('a', 1), ('b', 1), ('c', 2):
        client.write(root + '/' + name, content(100_000, seed))
    first, same, other = (client.checksum(root + '/' + name) for name in 'abc')
    assert first == same != other
    assert first['algorithm'] == 'MD5-of-0MD5-of-512CRC32C'
    assert first['length'] == 28
    assert first['bytes'].startswith('00000200' + 16 * '0')


def test_checksum_of_many_blocks(client, root):
    client.write(root + '/f', content(3 * MIB + 1), blocksize=MIB)
    assert client.checksum(root + '/f')['algorithm'] == 'MD5-of-2048MD5-of-512CRC32C'


def test_checksum_of_no_file(client, root):
    with refused('FileNotFoundException'):
        client.checksum(root + '/none')
    with refused('FileNotFoundException'):
        client.checksum(root)
